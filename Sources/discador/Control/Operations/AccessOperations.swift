import CampaignCore
import CampaignStore

/// Adds a user of the dashboard, or changes one, who is then signed out.
struct SetUser: StoreOperation {
    static let name = "user"

    var user: String
    var change: UserChange

    var loggedName: String {
        switch change {
        case .added: "user add"
        case .level: "user level"
        case .password: "user password"
        }
    }

    var logged: ActionDetail {
        var words = ["user": user]
        switch change {
        case .added(let level, let password):
            words["level"] = level.rawValue
            words["password"] = password == nil ? "none" : "set"
        case .level(let level): words["level"] = level.rawValue
        case .password(let password): words["password"] = password == nil ? "none" : "set"
        }
        return ActionDetail(words: words)
    }

    func perform(in context: OperationContext) async throws -> Nothing {
        guard try await context.store.setUser(user, change, now: SystemEnvironment.now()) else {
            if case .added = change { throw Failure.userExists(user, database: context.store.path) }
            throw Failure.noSuchUser(user, database: context.store.path)
        }
        return Nothing()
    }
}

/// Removes a user of the dashboard, who is signed out.
struct RemoveUser: StoreOperation {
    static let name = "user remove"

    var user: String

    var logged: ActionDetail { ActionDetail(words: ["user": user]) }

    func perform(in context: OperationContext) async throws -> Nothing {
        guard try await context.store.removeUser(user) else {
            throw Failure.noSuchUser(user, database: context.store.path)
        }
        return Nothing()
    }
}

/// Enters a link that signs a user in once.
struct AddLoginLink: StoreOperation {
    static let name = "user link"
    static let validity = Duration.seconds(600)

    var user: String
    var tokenHash: [UInt8]

    var logged: ActionDetail { ActionDetail(words: ["user": user]) }

    /// - Returns: until when it is valid.
    func perform(in context: OperationContext) async throws -> Timestamp {
        guard let level = try context.store.reader().user(named: user)?.level else {
            throw Failure.noSuchUser(user, database: context.store.path)
        }
        let now = SystemEnvironment.now()
        let link = DashboardSession(
            user: user, level: level, createdAt: now, expiresAt: now.advanced(by: Self.validity))
        guard try await context.store.addLoginLink(link, tokenHash: tokenHash) else {
            throw Failure.noSuchUser(user, database: context.store.path)
        }
        return link.expiresAt
    }
}

/// Accepts a token of the API.
struct AddToken: StoreOperation {
    static let name = "token add"

    var token: APIToken
    var tokenHash: [UInt8]

    var logged: ActionDetail {
        let scopes = APIScope.allCases.filter(token.scopes.contains).map(\.rawValue).joined(separator: " ")
        return ActionDetail(words: ["token": token.name, "scopes": scopes])
    }

    func perform(in context: OperationContext) async throws -> Nothing {
        guard try await context.store.addToken(token, tokenHash: tokenHash) else {
            let remove = SuggestedCommands(databaseAt: context.store.path).command("token", "remove", token.name)
            throw Failure(
                .usage,
                Phrase(
                    "There is already a token of the name \(token.name): choose another name, or remove it first with "
                        + "`\(remove)`.",
                    "Já existe um token com o nome \(token.name): escolha outro nome, ou remova-o antes com "
                        + "`\(remove)`."))
        }
        return Nothing()
    }
}

/// No longer accepts a token of the API.
struct RemoveToken: StoreOperation {
    static let name = "token remove"

    var token: String

    var logged: ActionDetail { ActionDetail(words: ["token": token]) }

    func perform(in context: OperationContext) async throws -> Nothing {
        guard try await context.store.removeToken(named: token) else {
            let list = SuggestedCommands(databaseAt: context.store.path).command("token", "list")
            throw Failure(
                .badInput,
                Phrase(
                    "There is no token of the name \(token): `\(list)` lists them.",
                    "Não existe token com o nome \(token): `\(list)` mostra todos."))
        }
        return Nothing()
    }
}

/// The outcome of an operation that has nothing to say.
struct Nothing: Codable, Sendable {}

extension Failure {
    static func noSuchUser(_ name: String, database: String) -> Failure {
        let list = SuggestedCommands(databaseAt: database).command("user", "list")
        return Failure(
            .badInput,
            Phrase(
                "There is no user of the name \(name): `\(list)` lists them.",
                "Não existe usuário com o nome \(name): `\(list)` mostra todos."))
    }

    fileprivate static func userExists(_ name: String, database: String) -> Failure {
        let suggested = SuggestedCommands(databaseAt: database)
        let (password, level) = (
            suggested.command("user", "password", name), suggested.command("user", "level", name, "operate")
        )
        return Failure(
            .usage,
            Phrase(
                "There is already a user of the name \(name): `\(password)` changes the password, `\(level)` the level.",
                "Já existe usuário com o nome \(name): `\(password)` troca a senha, `\(level)` troca o nível."))
    }
}

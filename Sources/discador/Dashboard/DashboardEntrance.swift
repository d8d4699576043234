import CampaignCore
import CampaignStore
import Dashboard

/// How people get in when the dashboard begins.
struct DashboardEntrance: Sendable {
    let context: OperationContext
    let options: GlobalOptions

    /// Beyond this machine, somebody must have a password: a link would be read by whoever sees the terminal.
    func require(_ configuration: DashboardConfiguration) throws {
        guard !configuration.isLoopback, !(try context.store.reader().users().contains { $0.password != nil }) else {
            return
        }
        let add = options.suggested().command("user", "add", "NAME")
        throw Failure(
            .usage,
            Phrase(
                "--listen reaches beyond this machine, and no user has a password: add one with `\(add)`.",
                "--listen alcança outras máquinas, e nenhum usuário tem senha: crie um com `\(add)`."))
    }

    /// Says where the dashboard is; on a terminal, with a link that lets its reader in once.
    func announce(_ configuration: DashboardConfiguration, port: Int) async {
        let address = Self.address(configuration, port: port)
        options.output.note(Phrase("The dashboard is at \(address)/", "O painel está em \(address)/"))
        guard let user = await user() else { return }
        let link = options.suggested().command("user", "link", user)
        guard configuration.isLoopback, options.output.isOnTerminal, let path = await path(for: user) else {
            options.output.note(
                Phrase("`\(link)` prints a link to sign in.", "`\(link)` mostra um link para entrar."))
            return
        }
        options.output.note(
            Phrase(
                "Sign in (once, within 10 minutes): \(address)\(path)",
                "Entre (uma vez, em até 10 minutos): \(address)\(path)"))
    }

    /// A link that lets whoever opens it first in, once; nil when it cannot be made.
    func signInLink(_ configuration: DashboardConfiguration, port: Int) async -> String? {
        guard let user = await user(), let path = await path(for: user) else { return nil }
        return Self.address(configuration, port: port) + path
    }

    /// Where browsers find it.
    private static func address(_ configuration: DashboardConfiguration, port: Int) -> String {
        let host = configuration.publicHosts.first ?? configuration.host
        let isSecure = configuration.certificate != nil || configuration.isBehindProxy
        let name = host.contains(":") ? "[\(host)]" : host
        return configuration.isBehindProxy ? "https://\(name)" : "\(isSecure ? "https" : "http")://\(name):\(port)"
    }

    /// The first user who may operate; where there is none at all, whoever starts the service becomes one.
    private func user() async -> String? {
        guard let users = try? context.store.reader().users() else { return nil }
        if let known = users.first(where: { $0.level == .operate }) ?? users.first { return known.name }
        let name = SystemEnvironment.user().prefix { $0 != " " }
        let user = StoredUser.isName(String(name)) ? String(name) : "operator"
        let added = SetUser(user: user, change: .added(.operate, password: nil))
        return (try? await context.carryOut(added, by: .terminal)) == nil ? nil : user
    }

    private func path(for user: String) async -> String? {
        let token = AccessToken()
        let link = AddLoginLink(user: user, tokenHash: token.hash)
        guard (try? await context.carryOut(link, by: .terminal)) != nil else { return nil }
        return "/login/\(token.text.reveal())"
    }
}

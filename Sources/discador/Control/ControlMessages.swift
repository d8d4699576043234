import CampaignCore
import Foundation

/// The first message of the process that holds a database to a client, before it reads a request.
struct Hello: Codable, Sendable {
    /// What to do when two versions meet: a run ends by itself, a service does not.
    static let remedy = Phrase(
        "use the same version, wait until that run has ended, or restart that service",
        "use a mesma versão, espere essa execução terminar, ou reinicie esse serviço")

    var version: String

    static let ours = Hello(version: Discador.version)

    /// Requests are understood only between processes of the same version.
    func requireOurs() throws {
        guard version != Self.ours.version else { return }
        throw Failure(
            .held,
            Phrase(
                "The database is held by discador \(version), and this is discador \(Self.ours.version): "
                    + "\(Self.remedy.english).",
                "O banco de dados está em uso pelo discador \(version), e este é o discador \(Self.ours.version): "
                    + "\(Self.remedy.portuguese)."))
    }
}

/// What can be requested from the process that holds a database.
enum RequestKind: Sendable {
    case operation(any StoreOperation.Type)
    case conversation(any StoreConversation.Type)

    /// Every operation and conversation that can be requested. To add one, add its type here.
    static let all: [RequestKind] = [
        .operation(AddBlocks.self),
        .operation(RemoveBlocks.self),
        .operation(ImportBlocks.self),
        .operation(ImportLists.self),
        .operation(CopyCampaign.self),
        .operation(CancelCampaign.self),
        .operation(PauseCampaign.self),
        .operation(ResumeCampaign.self),
        .operation(StopCampaign.self),
        .operation(RetryContacts.self),
        .operation(ResolveDoubts.self),
        .operation(DecideReplies.self),
        .operation(ForgetPeople.self),
        .operation(DeleteCampaign.self),
        .operation(EndDeletion.self),
        .operation(PruneContacts.self),
        .operation(HandOver.self),
        .operation(SetWebhookAddress.self),
        .operation(RemoveWebhookAddress.self),
        .operation(ReleaseInstance.self),
        .operation(ReplayEvents.self),
        .operation(SetUser.self),
        .operation(RemoveUser.self),
        .operation(AddLoginLink.self),
        .operation(AddToken.self),
        .operation(RemoveToken.self),
        .conversation(RunCampaigns.self),
    ]

    /// Its name in requests.
    var name: String {
        switch self {
        case .operation(let type): type.name
        case .conversation(let type): type.name
        }
    }
}

/// A client's request: the name of an operation or a conversation, and the operation or conversation itself; for an
/// operation also who asks for it.
enum ControlRequest: Codable, DecodableWithConfiguration, Sendable {
    case operation(any StoreOperation, by: Actor)
    case conversation(any StoreConversation)

    init(_ operation: some StoreOperation, by actor: Actor = .terminal) {
        self = .operation(operation, by: actor)
    }

    init(_ conversation: some StoreConversation) {
        self = .conversation(conversation)
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case content = "operation"
        case actor = "by"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .operation(let operation, let actor):
            try container.encode(type(of: operation).name, forKey: .name)
            try container.encode(operation, forKey: .content)
            try container.encode(actor, forKey: .actor)
        case .conversation(let conversation):
            try container.encode(type(of: conversation).name, forKey: .name)
            try container.encode(conversation, forKey: .content)
        }
    }

    init(from decoder: any Decoder) throws {
        try self.init(from: decoder, configuration: RequestKind.all)
    }

    /// - Parameter kinds: what can be requested.
    init(from decoder: any Decoder, configuration kinds: [RequestKind]) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .name)
        switch kinds.first(where: { $0.name == name }) {
        case .operation(let type):
            self = .operation(
                try Self.decode(type, from: container), by: try container.decode(Actor.self, forKey: .actor))
        case .conversation(let type):
            self = .conversation(try Self.decode(type, from: container))
        case nil:
            throw Failure(
                .held,
                Phrase(
                    "The process that holds the database (discador \(Discador.version)) does not know the request "
                        + "“\(name)”: it is an older or newer version. To go on, \(Hello.remedy.english).",
                    "O processo que usa o banco de dados (discador \(Discador.version)) não conhece o pedido “\(name)”: é uma "
                        + "versão mais antiga ou mais nova. Para continuar, \(Hello.remedy.portuguese)."))
        }
    }

    private static func decode<Content: Decodable>(
        _ type: Content.Type, from container: KeyedDecodingContainer<CodingKeys>
    ) throws -> Content {
        try container.decode(type, forKey: .content)
    }
}

/// The responses to a request: one, after any number of updates if the request is a conversation.
enum ControlResponse: Codable, Sendable {
    /// How a conversation goes on; the update as JSON.
    case update(Data)
    /// The request is done; its outcome as JSON.
    case done(Data)
    /// The request failed, as it would have failed in the client's own process.
    case failed(Failure)
    /// The server is closing, or has waited too long for the request, and nothing was done.
    case closing
}

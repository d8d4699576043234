import Foundation

/// The first message of the process that holds a database to a client, before it reads a request.
struct Hello: Codable, Sendable {
    var version: String

    static let ours = Hello(version: Discador.version)

    /// Requests are understood only between processes of the same version.
    func requireOurs() throws {
        guard version != Self.ours.version else { return }
        throw Failure(
            .held,
            "The database is held by discador \(version), and this is discador \(Self.ours.version): use the same "
                + "version, or wait until that run has ended.")
    }
}

/// A client's request: the name of an operation, and the operation itself.
struct ControlRequest: Codable, Sendable {
    /// Every operation that can be requested. To add one, add its type here.
    private static let operations: [any StoreOperation.Type] = [
        AddBlocks.self,
        RemoveBlocks.self,
        ImportBlocks.self,
        ImportLists.self,
        CancelCampaign.self,
        PauseCampaign.self,
        ResumeCampaign.self,
        RetryContacts.self,
        ResolveDoubts.self,
    ]

    let operation: any StoreOperation

    init(_ operation: some StoreOperation) {
        self.operation = operation
    }

    private enum CodingKeys: CodingKey {
        case name, operation
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type(of: operation).name, forKey: .name)
        try container.encode(operation, forKey: .operation)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .name)
        guard let type = Self.operations.first(where: { $0.name == name }) else {
            throw Failure(
                .held,
                "The process that holds the database (discador \(Discador.version)) does not know the operation "
                    + "“\(name)”: it is an older or newer version. Use the same version, or wait "
                    + "until that run has ended."
            )
        }
        operation = try Self.decode(type, from: container)
    }

    private static func decode<Operation: StoreOperation>(
        _ type: Operation.Type, from container: KeyedDecodingContainer<CodingKeys>
    ) throws -> any StoreOperation {
        try container.decode(type, forKey: .operation)
    }
}

/// The response to a request.
enum ControlResponse: Codable, Sendable {
    /// The operation is done; its outcome as JSON.
    case done(Data)
    /// The operation failed, as it would have failed in the client's own process.
    case failed(Failure)
    /// The server is closing, and nothing was done.
    case closing
}

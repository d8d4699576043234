import Foundation

/// What the process that holds a database says to whoever comes to its server, before anything is asked of it.
struct Hello: Codable, Sendable {
    /// The version of the program.
    var version: String

    /// This program's.
    static let ours = Hello(version: Discador.version)

    /// Orders are understood only between programs of one version.
    func requireOurs() throws {
        guard version != Self.ours.version else { return }
        throw Failure(
            .held,
            "The database is held by discador \(version), and this is discador \(Self.ours.version): use the same "
                + "version, or wait until that run has ended.")
    }
}

/// What it says to an request.
enum ControlResponse: Codable, Sendable {
    /// The work is done; its outcome as JSON.
    case done(Data)
    /// The work failed, as it would have failed in the process that asked for it.
    case failed(Failure)
    /// The server is closing, and nothing was done.
    case closing
}

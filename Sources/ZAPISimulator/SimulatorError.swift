/// Why the simulator cannot start or continue.
package enum SimulatorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Something else listens on the port.
    case portTaken(Int)
    /// The host is not this machine's loopback.
    case notLoopback(String)
    /// Listening failed for another reason.
    case cannotListen(port: Int, reason: String)
    /// The ledger file cannot be opened or written.
    case ledger(path: String, reason: String)

    /// What happened, where, and what to do.
    package var description: String {
        switch self {
        case .portTaken(let port):
            "The simulator cannot listen on port \(port): another program is using it. Choose another, or 0 for a free one."
        case .notLoopback(let host):
            "The simulator listens only on this machine, not on '\(host)'. Use 127.0.0.1, ::1 or localhost."
        case .cannotListen(let port, let reason):
            "The simulator cannot listen on port \(port): \(reason). Choose another, or 0 for a free one."
        case .ledger(let path, let reason):
            "The simulator cannot write its ledger '\(path)': \(reason). Check the folder, its permissions and the free space, or name another file."
        }
    }
}

import Foundation

/// What matters of a request.
struct IncomingRequest: Sendable {
    var method: String
    var path: String
    var clientToken: String?
    var contentType: String?
    /// Nil when there was more than the simulator reads.
    var body: Data?
}

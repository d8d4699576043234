package import CampaignCore

/// Somebody who may sign in.
package struct SignedInUser: Sendable, Hashable {
    package var name: String
    package var level: DashboardLevel

    package init(name: String, level: DashboardLevel) {
        (self.name, self.level) = (name, level)
    }
}

/// Who may use the dashboard: users, sessions and tokens, which are kept elsewhere. Of every secret only the SHA-256
/// hash is passed, of its text as it stands in a cookie, an address or a header.
package protocol DashboardAccess: Sendable {
    /// Whose session it is; nil when there is none, or it has expired. The level is that of now.
    func user(session: [UInt8]) async throws -> SignedInUser?
    /// Nil unless there is such a user and this is the password. Takes as long for a name that nobody has.
    func user(name: String, password: String) async throws -> SignedInUser?
    /// Whose one-time link it is; nil when there is none any more. It is used up: of several who come with it, one gets the
    /// user.
    func takeUser(link: [UInt8]) async throws -> SignedInUser?
    func addSession(_ session: [UInt8], of user: SignedInUser, expiresAt: Timestamp) async throws
    func removeSession(_ session: [UInt8]) async throws
    /// The program whose token it is; nil when there is none any more.
    func client(token: [UInt8]) async throws -> APIClient?
}

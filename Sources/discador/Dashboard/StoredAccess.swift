import CampaignCore
import CampaignStore
import Dashboard

/// Who may use the dashboard, from the database.
struct StoredAccess: DashboardAccess {
    let store: CampaignStore
    let reads: StoreReads

    func user(session: [UInt8]) async throws -> SignedInUser? {
        try await reads.quick { reader in
            try reader.session(tokenHash: session, now: SystemEnvironment.now())
                .map { SignedInUser(name: $0.user, level: $0.level) }
        }
    }

    func user(name: String, password: String) async throws -> SignedInUser? {
        let user = try await reads.quick { try $0.user(named: name) }
        let isRight = try await reads.blocking { PasswordHash.matches(password, user?.password) }
        guard isRight, let user else { return nil }
        return SignedInUser(name: user.name, level: user.level)
    }

    func takeUser(link: [UInt8]) async throws -> SignedInUser? {
        try await store.takeLoginLink(tokenHash: link, now: SystemEnvironment.now())
            .map { SignedInUser(name: $0.user, level: $0.level) }
    }

    func addSession(_ session: [UInt8], of user: SignedInUser, expiresAt: Timestamp) async throws {
        let entry = DashboardSession(
            user: user.name, level: user.level, createdAt: SystemEnvironment.now(), expiresAt: expiresAt)
        guard try await store.addSession(entry, tokenHash: session) else { throw DashboardError.notSignedIn }
    }

    func removeSession(_ session: [UInt8]) async throws {
        _ = try await store.removeSession(tokenHash: session)
    }

    func client(token: [UInt8]) async throws -> APIClient? {
        let now = SystemEnvironment.now()
        guard let found = try await reads.quick({ try $0.token(tokenHash: token, now: now) }) else { return nil }
        try await store.noteTokenUse(found, tokenHash: token, now: now)
        return APIClient(name: found.name, scopes: found.scopes, tokenHash: token)
    }
}

import CampaignCore
import Logging
import Markup
import Testing

@testable import Dashboard

@Suite struct LiveSectionTests {
    /// Nobody signs in by this one.
    private struct NoAccess: DashboardAccess {
        func user(session: [UInt8]) async throws -> SignedInUser? { nil }
        func user(name: String, password: String) async throws -> SignedInUser? { nil }
        func takeUser(link: [UInt8]) async throws -> SignedInUser? { nil }
        func addSession(_ session: [UInt8], of user: SignedInUser, expiresAt: Timestamp) async throws {}
        func removeSession(_ session: [UInt8]) async throws {}
        func client(token: [UInt8]) async throws -> APIClient? { nil }
    }

    private let route = DashboardRoute.page("/") { request in
        let button = Components(request).button(Phrase("Pause", "Pausar"), "/pause")
        return Page(
            Phrase("Overview", "Visão geral"),
            parts: [.live(id: "now", "\(button)\(request.visitor?.name ?? "")"), .fixed("not sent")])
    }

    private func section() -> LiveSection {
        let dependencies = DashboardDependencies(
            access: NoAccess(), sections: [], now: { .epoch }, sleep: { _ in }, uptime: { .zero },
            randomBytes: { [UInt8](repeating: 7, count: $0) }, logger: Logger(label: "test"))
        return LiveSection(pages: [route], dependencies)
    }

    private func text(_ section: LiveSection, _ name: String, token: String) async throws -> String {
        let visitor = Visitor(name: name, level: .operate, formToken: token, session: Array(token.utf8))
        var request = DashboardRequest(path: "/", language: .english)
        request.visitor = visitor
        let regions = try await section.regions(of: request, route, visitor)
        #expect(regions.map(\.id) == ["now"])
        return String(decoding: regions.flatMap(\.html), as: UTF8.self)
    }

    @Test func `two who look at one page each get the token of their own forms`() async throws {
        let section = section()
        let first = try await text(section, "ana", token: "token-of-one")
        let second = try await text(section, "ana", token: "token-of-another")
        #expect(first.contains("value=\"token-of-one\""))
        #expect(second.contains("value=\"token-of-another\""))
        #expect(!second.contains("token-of-one"))
        #expect(second == first.replacing("token-of-one", with: "token-of-another"))
    }

    @Test func `what says who looks is not shown to somebody else`() async throws {
        let section = section()
        _ = try await text(section, "ana", token: "a")
        let seen = try await text(section, "leo", token: "b")
        #expect(seen.contains("leo") && !seen.contains("ana"))
    }
}

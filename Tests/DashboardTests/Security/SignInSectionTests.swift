import CampaignCore
import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import Dashboard

@Suite struct SignInSectionTests {
    /// One user with a password, and how often passwords were looked at.
    private final class Access: DashboardAccess {
        let looked = NIOLockedValueBox<[String]>([])
        let sessions = NIOLockedValueBox<[[UInt8]]>([])

        func user(session: [UInt8]) async throws -> SignedInUser? { nil }
        func user(name: String, password: String) async throws -> SignedInUser? {
            looked.withLockedValue { $0.append(name) }
            return name == "ana" && password == "right" ? SignedInUser(name: name, level: .operate) : nil
        }
        func takeUser(link: [UInt8]) async throws -> SignedInUser? { SignedInUser(name: "ana", level: .operate) }
        func addSession(_ session: [UInt8], of user: SignedInUser, expiresAt: Timestamp) async throws {
            sessions.withLockedValue { $0.append(session) }
        }
        func removeSession(_ session: [UInt8]) async throws {
            sessions.withLockedValue { $0.removeAll { $0 == session } }
        }
        func client(token: [UInt8]) async throws -> APIClient? { nil }
    }

    private let access = Access()
    private let now = NIOLockedValueBox(Timestamp(milliseconds: 100_000))
    private let count = NIOLockedValueBox(UInt8(0))

    private func section() -> SignInSection {
        SignInSection(
            access: access, now: { [now] in now.withLockedValue { $0 } },
            randomBytes: { [count] length in
                let byte = count.withLockedValue { count in
                    count += 1
                    return count
                }
                return [UInt8](repeating: byte, count: length)
            }, isSecure: true)
    }

    private func post(
        _ section: SignInSection, _ fields: [String: String], at pattern: String = "/login", visitor: Visitor? = nil
    ) async throws -> DashboardResponse {
        let route = try #require(section.routes.first { $0.method == .post && $0.pattern == pattern })
        var request = DashboardRequest(path: pattern, language: .english)
        request.visitor = visitor
        for (name, value) in fields { request.form.append(name, value) }
        return try await route.handler(request)
    }

    @Test func `also the right password has to wait after wrong ones, and nobody looks at it`() async throws {
        let section = section()
        for _ in 0..<5 {
            let answer = try await post(section, ["name": "ana", "password": "wrong"])
            #expect(answer.status == .unauthorized && answer.headers[.setCookie] == nil)
        }
        for name in ["ana", " ana "] {
            let refused = await #expect(throws: DashboardError.self) {
                try await post(section, ["name": name, "password": "right"])
            }
            #expect(refused?.status == .tooManyRequests && refused?.headers[.retryAfter] == "1")
        }
        let looked = access.looked.withLockedValue { $0.count }
        #expect(looked == 5)
        #expect(try await post(section, [:], at: "/login/:link").status == .seeOther)
        now.withLockedValue { $0 = Timestamp(milliseconds: 101_000) }
        #expect(try await post(section, ["name": "ana", "password": "right"]).status == .seeOther)
    }

    @Test func `a name that nobody has costs as much, and is answered the same`() async throws {
        let section = section()
        let known = try await post(section, ["name": "ana", "password": "wrong"])
        let endless = String(repeating: "x", count: 60_000)
        for name in ["nobody", "Ana", "", endless] {
            let unknown = try await post(section, ["name": name, "password": "wrong"])
            #expect(unknown.status == known.status && unknown.headers == known.headers)
        }
        let looked = access.looked.withLockedValue { $0.count }
        #expect(looked == 5)
    }

    @Test func `each time a session begins it is another one, and the one before is over`() async throws {
        let section = section()
        let first = try await post(section, ["name": "ana", "password": "right"])
        let begun = access.sessions.withLockedValue { $0.first }
        let session = try #require(begun)
        let visitor = Visitor(name: "ana", level: .operate, formToken: "t", session: session)
        let second = try await post(section, [:], at: "/login/:link", visitor: visitor)
        let (cookie, next) = (first.headers[.setCookie] ?? "", second.headers[.setCookie] ?? "")
        #expect(cookie != next)
        let sessions = access.sessions.withLockedValue { $0 }
        #expect(sessions.count == 1 && sessions.first != session)
        #expect(cookie.hasPrefix("__Host-discador_session="))
        #expect(cookie.hasSuffix("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"))
    }
}

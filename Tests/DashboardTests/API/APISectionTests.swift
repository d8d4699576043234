import CampaignCore
import HTTPTypes
import Testing

@testable import Dashboard

@Suite struct APISectionTests {
    private let person = StubAPI(
        document: Array(
            #"{"next":"1.77","contacts":[{"phone":"5511999990001","own":["Ana","(11) 99999-0001"],"#.utf8)
            + Array(#""callAudioUrl":"https://u:p@a.example/x.mp3?sig=1","attempts":12345678}]}"#.utf8))

    private func route(_ method: DashboardRoute.Method, _ path: String, _ stub: StubAPI = StubAPI()) throws
        -> DashboardRoute
    {
        try #require(
            StubAPI.section(stub).routes.first { $0.method == method && $0.pattern == APISection.path + path })
    }

    @Test func `whoever may not operate sees no phone anywhere`() async throws {
        let route = try route(.get, "/campaigns/:campaign/people", person)
        let text = try await route.handler(.ofProgram(route, scopes: [.read])).text
        #expect(!text.contains("99999"))
        #expect(text.contains("\"5511•••••0001\""))
        #expect(text.contains("\"Ana\""))
        // Figures are no phones.
        #expect(text.contains("12345678"))
        #expect(text.contains("\"a.example\""))
    }

    @Test func `whoever may not operate cannot ask about a phone, or about parts of one`() async throws {
        for path in ["/campaigns/:campaign/people", "/campaigns/:campaign/doubts", "/blocks"] {
            let route = try route(.get, path)
            let asked = DashboardRequest.ofProgram(
                route, query: path == "/blocks" ? "phone=11987654301" : "where=phone~123", scopes: [.read])
            let error = await #expect(throws: DashboardError.self) { try await route.handler(asked) }
            #expect(error?.status == .forbidden)
        }
        let person = try route(.get, "/campaigns/:campaign/people/:phone")
        let error = await #expect(throws: DashboardError.self) {
            try await person.handler(.ofProgram(person, scopes: [.read]))
        }
        #expect(error?.status == .forbidden)
    }

    @Test func `whoever may operate sees phones, and of a sound's address the host`() async throws {
        let route = try route(.get, "/campaigns/:campaign/people", person)
        let text = try await route.handler(.ofProgram(route)).text
        #expect(text.contains("\"5511999990001\""))
        #expect(text.contains("\"callAudioUrl\":\"a.example\""))
    }

    @Test(arguments: ["/campaigns", "/campaigns/:campaign/people", "/campaigns/:campaign/people/:phone"])
    func `what has not changed is not sent again`(path: String) async throws {
        let route = try route(.get, path)
        let first = try await route.handler(.ofProgram(route))
        let tag = try #require(first.headers[.eTag])
        let second = try await route.handler(.ofProgram(route, headers: [.ifNoneMatch: tag]))
        #expect(second.status == .notModified)
        #expect(second.headers[.eTag] == tag)
        guard !path.hasSuffix(":phone") else { return }
        let other = try await route.handler(.ofProgram(route, headers: [.ifNoneMatch: tag], scopes: [.read]))
        #expect(other.status == (path.hasSuffix("people") ? .ok : .notModified))
    }

    @Test func `a token that is used too often is told when to come back`() async throws {
        let route = try route(.get, "/campaigns")
        for _ in 0..<40 { _ = try await route.handler(.ofProgram(route)) }
        let error = await #expect(throws: DashboardError.self) { try await route.handler(.ofProgram(route)) }
        #expect(error?.status == .tooManyRequests)
        #expect(error?.headers[.retryAfter] == "1")
    }

    @Test func `a token that is used up still pauses, cancels and blocks`() async throws {
        let routes = StubAPI.section().routes
        func request(_ method: DashboardRoute.Method, _ path: String) throws -> (DashboardRoute, DashboardRequest) {
            let route = try #require(routes.first { $0.method == method && $0.pattern == APISection.path + path })
            var request = DashboardRequest.ofProgram(route)
            request.client = APIClient(name: "crm", scopes: [.read, .operate], tokenHash: [1])
            return (route, request)
        }
        let (list, listing) = try request(.get, "/campaigns")
        for _ in 0..<40 { _ = try await list.handler(listing) }
        await #expect(throws: DashboardError.self) { try await list.handler(listing) }
        let protections: [(DashboardRoute.Method, String)] = [
            (.post, "/campaigns/:campaign/pause"), (.post, "/campaigns/:campaign/cancel"), (.put, "/blocks/:phone"),
        ]
        for (method, path) in protections {
            let (route, protection) = try request(method, path)
            #expect(try await route.handler(protection).status == .ok, "\(path)")
        }
        let (start, starting) = try request(.post, "/campaigns/:campaign/start")
        await #expect(throws: DashboardError.self) { try await start.handler(starting) }
    }

    @Test(arguments: ["start", "resume", "retry"])
    func `what a person may have stopped since is not done once more after a request that was cut off`(
        _ word: String
    ) async throws {
        let replies = KeptInMemory()
        let section = APISection(StubAPI(), StubAPI(), replies: replies) { .zero }
        let path = APISection.path + "/campaigns/:campaign/\(word)"
        let route = try #require(section.routes.first { $0.method == .post && $0.pattern == path })
        let body = word == "retry" ? #"{"where": "state = failed"}"# : ""
        let request = DashboardRequest.ofProgram(route, body: body, headers: [.idempotencyKey: "k"])
        let hash = IdempotencyKeys.hash(of: request, method: route.method.rawValue, body: Array(body.utf8))
        await replies.begin(key: "k", tokenHash: request.client?.tokenHash ?? [], requestHash: hash)
        let error = await #expect(throws: DashboardError.self) { try await route.handler(request) }
        #expect(error?.word == "cut-off")
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"])
    func `a body of another type is refused`(type: String) async throws {
        let route = try route(.put, "/blocks/:phone")
        let error = await #expect(throws: DashboardError.self) {
            try await route.handler(.ofProgram(route, body: "{}", type: type))
        }
        #expect(error?.status == .unsupportedMediaType)
    }

    @Test func `a body that is too long is refused`() async throws {
        let route = try route(.put, "/blocks/:phone")
        let body = #"{"reason": ""# + String(repeating: " ", count: 300_000) + #""}"#
        let error = await #expect(throws: DashboardError.self) {
            try await route.handler(.ofProgram(route, body: body))
        }
        #expect(error?.status == .contentTooLarge)
    }

    @Test func `contacts need a key of the request`() async throws {
        let route = try route(.post, "/campaigns/:campaign/contacts")
        let body = #"[{"phone": "1"}]"#
        let error = await #expect(throws: DashboardError.self) {
            try await route.handler(.ofProgram(route, body: body))
        }
        #expect(error?.status == .badRequest)
        let answer = try await route.handler(.ofProgram(route, body: body, headers: [.idempotencyKey: "k"]))
        #expect(answer.status == .ok)
        let again = try await route.handler(.ofProgram(route, body: body, headers: [.idempotencyKey: "k"]))
        #expect(again.headers[.idempotencyReplayed] == "true")
    }

    @Test(arguments: [
        "{}", #"{"phones": ["1"], "all": true, "as": "called"}"#, #"{"phones": [], "as": "called"}"#,
        #"{"all": false, "as": "called"}"#, #"{"all": true, "as": "rang"}"#,
    ])
    func `doubts are chosen in exactly one way`(body: String) async throws {
        let route = try route(.post, "/campaigns/:campaign/doubts/resolve")
        #expect(try await route.handler(.ofProgram(route, body: body)).status.code == 422)
    }
}

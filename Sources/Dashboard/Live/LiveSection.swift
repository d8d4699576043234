import CampaignCore
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Pages that keep themselves up to date: `GET /live?page=…` sends what changes on a page as server-sent events (WHATWG
/// HTML, 9.2), or as one JSON document with `once`.
struct LiveSection: DashboardSection {
    private static let interval = Duration.seconds(1)
    /// Seconds without news after which a sign of life is sent, so that nobody in between closes the connection.
    private static let silence = 15

    /// The pages' own addresses.
    let pages: [DashboardRoute]
    let dependencies: DashboardDependencies
    let made: LivePages
    let streams = LiveStreams()

    init(pages: [DashboardRoute], _ dependencies: DashboardDependencies) {
        self.pages = pages
        self.dependencies = dependencies
        let bytes = dependencies.randomBytes(SessionToken.byteCount)
        made = LivePages(sharedToken: SessionToken.hexadecimal(bytes), uptime: dependencies.uptime)
    }

    var routes: [DashboardRoute] { [DashboardRoute(.get, "/live", .level(.read)) { try await answer($0) }] }

    private func answer(_ request: DashboardRequest) async throws -> DashboardResponse {
        guard let address = request.query["page"], let visitor = request.visitor else { throw DashboardError.notFound }
        var asked = request
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        asked.path = String(parts.first ?? "/")
        asked.query = FormFields(encoded: parts.count > 1 ? parts[1] : "")
        let path = asked.path.split(separator: "/")
        let found = pages.filter { $0.method == .get && $0.access == .level(.read) }
            .compactMap { route in route.match(path).map { (route, $0) } }
        guard let (route, values) = found.min(by: { $0.1.count < $1.1.count }) else { throw DashboardError.notFound }
        asked.parameters = values
        let first = try await regions(of: asked, route, visitor)
        if request.query["once"] != nil { return .bytes(try Self.document(first), type: "application/json") }
        guard let number = streams.begin(visitor.session) else {
            throw DashboardError(
                .serviceUnavailable, "too-many-streams",
                Phrase("Too many pages are open: this one asks now and then.", "Há páginas abertas demais."))
        }
        let body = stream(asked, route, visitor, number)
        // A proxy must not collect them: nginx would (X-Accel-Buffering).
        return DashboardResponse(.body(body), headers: [.contentType: "text/event-stream", .accelBuffering: "no"])
    }

    private func stream(
        _ asked: DashboardRequest, _ route: DashboardRoute, _ visitor: Visitor, _ number: Int
    ) -> ResponseBody {
        ResponseBody { [self] writer in
            defer { streams.end(number, of: visitor.session) }
            var sent: [String: [UInt8]] = [:]
            var quiet = 0
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                guard streams.isLatest(number, of: visitor.session) else {
                    try await writer.write(ByteBuffer(string: "event: moved\ndata: {}\n\n"))
                    break
                }
                // Whoever was signed out, or may do less now, sees nothing more.
                guard let user = try await dependencies.access.user(session: visitor.session),
                    user.level == visitor.level
                else {
                    try await writer.write(ByteBuffer(string: "event: over\ndata: {}\n\n"))
                    break
                }
                let news = try await regions(of: asked, route, visitor).filter { sent[$0.id] != $0.html }
                for region in news { sent[region.id] = region.html }
                if !news.isEmpty {
                    let data = String(decoding: try Self.document(news), as: UTF8.self)
                    try await writer.write(ByteBuffer(string: "event: regions\ndata: \(data)\n\n"))
                    quiet = 0
                } else {
                    quiet += 1
                    if quiet.isMultiple(of: Self.silence) { try await writer.write(ByteBuffer(string: ": quiet\n\n")) }
                }
                try await dependencies.sleep(Self.interval)
            }
            try await writer.finish(nil)
        }
    }

    /// What changes on a page. It is made once for all who see the same; each gets it with the token of their own forms.
    func regions(
        of request: DashboardRequest, _ route: DashboardRoute, _ visitor: Visitor
    ) async throws -> [LivePages.Region] {
        var asked = request
        asked.visitor?.formToken = made.sharedToken
        let shared = asked
        let key = LivePages.Key(
            path: asked.path, query: asked.query, language: asked.language, timeZone: asked.timeZone,
            user: visitor.name, level: visitor.level)
        let regions = try await made.regions(of: key) {
            guard case .page(let page) = try await route.handler(shared).content else { throw DashboardError.notFound }
            return page
        }
        let place = Array(made.sharedToken.utf8)
        return regions.map { $0.personal(visitor.formToken, in: place) }
    }

    private static func document(_ regions: [LivePages.Region]) throws -> [UInt8] {
        let texts = regions.map { ($0.id, String(decoding: $0.html, as: UTF8.self)) }
        return try JSONText.bytes(of: Dictionary(texts) { $1 })
    }
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = Self(literal: "X-Accel-Buffering")
}

import CampaignCore
import Connections
import HTTPTypes
import Hummingbird
import Logging
import Markup
import NIOConcurrencyHelpers
import NIOCore

/// Answers requests: host, route, origin, session, level and form are checked in this order, before a handler runs.
struct DashboardResponder: HTTPResponder {
    typealias Context = ChannelContext

    /// Bytes of a form without files.
    private static let formLimit = 64 * 1_024
    /// Notices that wait for the page that shows them.
    private static let mostNotices = 1_000

    let routes: [DashboardRoute]
    let configuration: DashboardConfiguration
    let dependencies: DashboardDependencies
    let hosts: AllowedHosts
    /// What was just done, by session, for the next page of it.
    private let notices = NIOLockedValueBox<[[UInt8]: Phrase]>([:])

    private let connections: OpenConnections

    init(
        routes: [DashboardRoute], _ configuration: DashboardConfiguration, _ dependencies: DashboardDependencies,
        _ connections: OpenConnections
    ) {
        self.connections = connections
        (self.routes, self.configuration, self.dependencies) = (routes, configuration, dependencies)
        hosts = AllowedHosts(configuration.publicHosts + [configuration.host])
    }

    func respond(to request: Request, context: ChannelContext) async throws -> Response {
        let begun = dependencies.uptime()
        var asked = DashboardRequest(
            path: String(request.head.path?.prefix { $0 != "?" } ?? "/"), language: language(of: request.headers),
            headers: request.headers, body: request.body)
        var pattern = ""
        var response: Response
        do {
            response = try await answer(request, &asked, &pattern, context.channel)
        } catch {
            let isPage = request.method == .get && pattern != "/live"
            response = self.response(
                to: error, asked, comesBack: isPage, isForPrograms: asked.path.hasPrefix("/api/"))
        }
        dependencies.onResponse(pattern, response.status.code, dependencies.uptime() - begun)
        addSafety(to: &response)
        return response
    }

    private func answer(
        _ request: Request, _ asked: inout DashboardRequest, _ pattern: inout String,
        _ channel: any Channel
    ) async throws -> Response {
        // The first `Host` is the authority; there must not be another one (RFC 9112, 3.2).
        guard hosts.contains(request.head.authority), request.headers[.secondHost] == nil else {
            throw DashboardError.foreignHost
        }
        if let question = request.head.path?.firstIndex(of: "?"), let path = request.head.path {
            asked.query = FormFields(encoded: path[path.index(after: question)...])
        }
        let route = try route(request.method, asked.path, &asked.parameters, &pattern)
        try await identify(&asked, for: route, request)
        if asked.visitor != nil || asked.client != nil {
            connections.know(channel)
            // A list may be long, and the line slow.
            if case .stream = route.body {
                channel.triggerUserOutboundEvent(RequestLimiter.MayTakeLong(), promise: nil)
            }
        }
        if case .form = route.body, !route.method.isSafe { try await readForm(of: request, &asked, for: route) }
        let response = try await route.handler(asked)
        return self.response(response, to: asked)
    }

    /// The route with the fewest parts that stand for anything.
    private func route(
        _ method: HTTPRequest.Method, _ path: String, _ parameters: inout [String: String], _ pattern: inout String
    ) throws(DashboardError) -> DashboardRoute {
        let parts = path.split(separator: "/")
        let found = routes.compactMap { route in route.match(parts).map { (route: route, values: $0) } }
        let fewest = found.map(\.values.count).min()
        let matching = found.filter { $0.values.count == fewest }
        guard let first = matching.first else { throw .notFound }
        pattern = first.route.pattern
        guard let match = matching.first(where: { $0.route.method.rawValue == method.rawValue }) else {
            let allowed = matching.map(\.route.method.rawValue).joined(separator: ", ")
            throw DashboardError(
                .methodNotAllowed, "method-not-allowed",
                Phrase("This address is for \(allowed) only.", "Este endereço só aceita \(allowed)."),
                headers: [.allow: allowed])
        }
        parameters = match.values
        return match.route
    }

    // MARK: Who asks

    private func identify(
        _ asked: inout DashboardRequest, for route: DashboardRoute, _ request: Request
    ) async throws {
        switch route.access {
        case .scope(let scope):
            asked.client = try await client(of: request.headers, with: scope)
        case .metrics:
            if configuration.isLoopback, !configuration.isBehindProxy { return }
            asked.client = try await client(of: request.headers, with: .read)
        case .everyone, .level:
            if !route.method.isSafe {
                let isOurs = SameOrigin.isSatisfied(
                    request.headers, authority: request.head.authority, isSecure: configuration.isSecure)
                guard isOurs else { throw DashboardError.foreignOrigin }
            }
            asked.visitor = try await visitor(of: request.headers)
            asked.timeZone = cookie("discador_zone", of: request.headers)
            guard case .level(let level) = route.access else { return }
            guard let visitor = asked.visitor else { throw DashboardError.notSignedIn }
            guard visitor.level >= level else { throw DashboardError.notAllowed }
        }
    }

    private func visitor(of headers: HTTPFields) async throws -> Visitor? {
        let name = SignInSection.sessionCookie(isSecure: configuration.isSecure)
        guard let text = cookie(name, of: headers), let token = SessionToken(text),
            let user = try await dependencies.access.user(session: token.hash)
        else { return nil }
        return Visitor(name: user.name, level: user.level, formToken: token.formToken, session: token.hash)
    }

    private func client(of headers: HTTPFields, with scope: APIScope) async throws -> APIClient {
        let challenge: HTTPFields = [.wwwAuthenticate: "Bearer realm=\"discador\""]
        let parts = (headers[.authorization] ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let client = try await dependencies.access.client(token: SessionToken.hash(of: parts[1]))
        else {
            throw DashboardError(
                .unauthorized, "no-token",
                Phrase(
                    "Send `Authorization: Bearer` with a token that `discador token add` has made.",
                    "Envie `Authorization: Bearer` com um token criado por `discador token add`."),
                headers: challenge)
        }
        guard client.scopes.contains(scope) else {
            throw DashboardError(
                .forbidden, "insufficient-scope",
                Phrase(
                    "This token does not have the scope “\(scope.rawValue)”.",
                    "Este token não tem o escopo “\(scope.rawValue)”."))
        }
        return client
    }

    private func cookie(_ name: String, of headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { continue }
                return String(parts[1])
            }
        }
        return nil
    }

    private func language(of headers: HTTPFields) -> Language {
        if let chosen = cookie(SignInSection.languageCookie, of: headers).flatMap({ Language($0) }) { return chosen }
        return AcceptedLanguages.best(headers[.acceptLanguage])
    }

    private func readForm(
        of request: Request, _ asked: inout DashboardRequest, for route: DashboardRoute
    ) async throws {
        // Programs send other bodies, which their routes read.
        if case .scope = route.access { return }
        let type = request.headers[.contentType]?.prefix { $0 != ";" } ?? ""
        guard type.lowercased() == "application/x-www-form-urlencoded" else { throw DashboardError.unsupportedForm }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.formLimit)
        } catch is NIOTooManyBytesError {
            throw DashboardError.tooLarge
        } catch {
            throw DashboardError.unfinished
        }
        asked.form = FormFields(encoded: String(buffer: body))
        if asked.visitor != nil { try asked.requireFormToken(asked.form[DashboardRequest.tokenField]) }
    }

    // MARK: Responses

    private func response(_ answer: DashboardResponse, to asked: DashboardRequest) -> Response {
        switch answer.content {
        case .body(let body): return Response(status: answer.status, headers: answer.headers, body: body)
        case .redirect(let path, let notice):
            if let notice, let session = asked.visitor?.session {
                notices.withLockedValue { notices in
                    if notices.count >= Self.mostNotices { notices.removeAll() }
                    notices[session] = notice
                }
            }
            var headers = answer.headers
            headers[.location] = path
            return Response(status: answer.status, headers: headers)
        case .page(let page): return self.page(page, asked, answer.status, answer.headers)
        }
    }

    private func page(
        _ page: Page, _ asked: DashboardRequest, _ status: HTTPResponse.Status, _ headers: HTTPFields
    ) -> Response {
        let notice = asked.visitor.flatMap { visitor in
            notices.withLockedValue { $0.removeValue(forKey: visitor.session) }
        }
        let frame = PageFrame(
            language: asked.language, visitor: asked.visitor, address: asked.address, notice: notice,
            version: Assets.version)
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentLanguage] = asked.language.rawValue
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: frame.html(page).bytes)))
    }

    /// - Parameter comesBack: whether whoever has to sign in first sees this address afterwards.
    private func response(
        to error: any Error, _ asked: DashboardRequest, comesBack: Bool, isForPrograms: Bool
    ) -> Response {
        let known: DashboardError
        switch error {
        case let error as DashboardError: known = error
        case let error as any Explained: known = .invalid(error.phrase)
        default:
            dependencies.logger.error("a page could not be shown", metadata: ["reason": "\(Self.masked(error))"])
            known = DashboardError(
                .internalServerError, "unexpected",
                Phrase(
                    "Something unexpected happened; the service's log says what.",
                    "Aconteceu algo inesperado; o registro do serviço diz o quê."))
        }
        if isForPrograms { return Problem(known).response() }
        if known.word == "not-signed-in", asked.headers[.fetchMode] ?? "navigate" == "navigate" {
            let next = comesBack ? "?next=\(FormFields.encoded(asked.address))" : ""
            return response(.redirect(to: "/login\(next)"), to: asked)
        }
        let title = Phrase("This did not work", "Não deu certo")
        let back = Phrase("Back to the overview", "Voltar à visão geral")
        let content: HTML = """
            <p class="banner bad" role="alert">\(known.phrase[asked.language])</p>
            <p><a href="/">\(back[asked.language])</a></p>
            """
        return page(Page(title, content), asked, known.status, known.headers)
    }

    /// What the log may say of an error that nobody has thought of.
    private static func masked(_ error: any Error) -> String {
        PhoneMask.masked(TextMask.masked("\(error)", isPersonal: false))
    }

    /// What a browser may do with a response: nothing from elsewhere, in no frame, and nothing is kept.
    private func addSafety(to response: inout Response) {
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=()"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}

extension HTTPField.Name {
    static let secondHost = Self(literal: "Host")
    static let fetchMode = Self(literal: "Sec-Fetch-Mode")
    static let referrerPolicy = Self(literal: "Referrer-Policy")
    static let openerPolicy = Self(literal: "Cross-Origin-Opener-Policy")
    static let resourcePolicy = Self(literal: "Cross-Origin-Resource-Policy")
    static let permissionsPolicy = Self(literal: "Permissions-Policy")
}

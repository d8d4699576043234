import CampaignCore
import HTTPTypes
import Markup
import NIOConcurrencyHelpers

/// Signing in and out, and the choice of a language.
struct SignInSection: DashboardSection {
    /// The name of the session's cookie. One with the prefix is taken by browsers only from this very host, by HTTPS
    /// (RFC 6265bis, 4.1.3.2).
    static func sessionCookie(isSecure: Bool) -> String { (isSecure ? "__Host-" : "") + "discador_session" }
    static let languageCookie = "discador_language"

    /// In bytes; those of users are shorter.
    private static let longestName = 256

    let access: any DashboardAccess
    let now: @Sendable () -> Timestamp
    let randomBytes: @Sendable (Int) -> [UInt8]
    /// Whether browsers come by HTTPS.
    let isSecure: Bool
    let throttle = NIOLockedValueBox(LoginThrottle())

    var routes: [DashboardRoute] {
        [
            DashboardRoute(.get, "/login", .everyone) { .page(page($0)) },
            DashboardRoute(.post, "/login", .everyone) { try await signIn($0) },
            DashboardRoute(.get, "/login/:link", .everyone) { linkPage($0) },
            DashboardRoute(.post, "/login/:link", .everyone) { try await followLink($0) },
            DashboardRoute(.post, "/logout", .level(.read)) { try await signOut($0) },
            DashboardRoute(.post, "/language", .everyone) { choose($0) },
        ]
    }

    private func page(_ request: DashboardRequest, problem: Phrase? = nil) -> Page {
        let parts = Components(request)
        let language = request.language
        let problem: HTML? = problem.map { "<p class=\"banner bad\" role=\"alert\">\($0[language])</p>" }
        let name = parts.field(
            Phrase("User", "Usuário"), "name", value: request.form.text("name") ?? "", isRequired: true)
        let password = parts.field(Phrase("Password", "Senha"), "password", type: "password", isRequired: true)
        let how = Phrase(
            "Without a password: `discador user link NAME` on the machine of the service prints a link for one use.",
            "Sem senha: `discador user link NOME` na máquina do serviço mostra um link que vale uma vez.")
        return Page(
            Phrase("Sign in", "Entrar"),
            """
            \(problem)
            <form method="post" action="/login" class="narrow">\(parts.tokenField)\
            \(parts.hidden("next", next(request)))\(name)\(password)\
            <button class="main">\(parts.text("Sign in", "Entrar"))</button></form>
            <p class="soft">\(how[language])</p>
            """)
    }

    private func signIn(_ request: DashboardRequest) async throws -> DashboardResponse {
        let name = request.form.text("name") ?? ""
        // Of what cannot be a name, nothing is remembered.
        let key = name.utf8.count <= Self.longestName ? name : ""
        if let until = throttle.withLockedValue({ $0.begin(key, now: now()) }) {
            let seconds = (until.milliseconds - now().milliseconds + 999) / 1000
            throw DashboardError(
                .tooManyRequests, "too-many-attempts",
                Phrase(
                    "Too many wrong passwords: try again in \(seconds) s.",
                    "Senhas erradas demais: tente de novo em \(seconds) s."),
                headers: [.retryAfter: "\(seconds)"])
        }
        guard let user = try await access.user(name: name, password: request.form["password"] ?? "") else {
            let problem = Phrase(
                "There is no such user with this password.", "Não há usuário com esse nome e essa senha.")
            return .page(page(request, problem: problem), status: .unauthorized)
        }
        throttle.withLockedValue { $0.noteSuccess(key) }
        return try await begin(user, request)
    }

    /// The link itself changes nothing: programs that look at addresses in messages must not use it up.
    private func linkPage(_ request: DashboardRequest) -> DashboardResponse {
        let parts = Components(request)
        let path = "/login/\(FormFields.encoded(request[parameter: "link"]))"
        return .page(
            Page(
                Phrase("Sign in", "Entrar"),
                """
                <form method="post" action="\(path)">\(parts.tokenField)\
                <button class="main">\(parts.text("Sign in", "Entrar"))</button></form>
                """))
    }

    private func followLink(_ request: DashboardRequest) async throws -> DashboardResponse {
        guard let user = try await access.takeUser(link: SessionToken.hash(of: request[parameter: "link"])) else {
            throw Self.usedUp
        }
        return try await begin(user, request)
    }

    /// Always a new session: one that the browser brought is never made somebody's.
    private func begin(_ user: SignedInUser, _ request: DashboardRequest) async throws -> DashboardResponse {
        if let earlier = request.visitor { try await access.removeSession(earlier.session) }
        let token = SessionToken(randomBytes: randomBytes(SessionToken.byteCount))
        let end = Timestamp(milliseconds: now().milliseconds + SessionToken.lifetime * 1000)
        try await access.addSession(token.hash, of: user, expiresAt: end)
        var response = DashboardResponse.redirect(to: next(request))
        response.headers[.setCookie] = cookie(sessionCookie, token.text, age: SessionToken.lifetime)
        return response
    }

    private func signOut(_ request: DashboardRequest) async throws -> DashboardResponse {
        if let visitor = request.visitor { try await access.removeSession(visitor.session) }
        var response = DashboardResponse.redirect(to: "/login")
        response.headers[.setCookie] = cookie(sessionCookie, "", age: 0)
        return response
    }

    private func choose(_ request: DashboardRequest) -> DashboardResponse {
        let language = Language(request.form["to"] ?? "") ?? request.language
        var response = DashboardResponse.redirect(to: Self.own(request.form["back"]))
        response.headers[.setCookie] = cookie(Self.languageCookie, language.rawValue, age: 365 * 86_400)
        return response
    }

    private var sessionCookie: String { Self.sessionCookie(isSecure: isSecure) }

    private func cookie(_ name: String, _ value: String, age: Int64) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    private func next(_ request: DashboardRequest) -> String {
        Self.own(request.form["next"] ?? request.query["next"])
    }

    /// A path of ours; anything that a browser could take for another site is the overview.
    static func own(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.hasPrefix("/login"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return path
    }

    private static let usedUp = DashboardError(
        .notFound, "link-used-up",
        Phrase(
            "This link has been used, or is too old: `discador user link` prints another.",
            "Este link já foi usado, ou é antigo demais: `discador user link` mostra outro."))
}

import CampaignCore

/// What each reply to `send-call` means. This is the only such table.
///
/// Sources: developer.z-api.io (codes 200, 400, 405, 415; `{"error": "… not allowed"}`; read 2026), and RFC 9110 for
/// the codes that Z-API does not document. A gateway may reply after the phone has rung: any reply that is not known to
/// be harmless is a doubt.
struct VerdictTable {
    /// For a Retry-After that is a time.
    let now: @Sendable () -> Timestamp
    /// Makes Z-API's texts safe to store and show.
    let sanitizer: TextSanitizer

    /// A part of an address that is shorter is a word.
    private static let shortestToken = 16

    /// What `outcome` means for the call.
    func reply(to outcome: WireOutcome) -> CallReply {
        switch outcome {
        case .neverLeft(let text):
            CallReply(verdict: .notSent, error: sanitized(text))
        case .lost(let text):
            CallReply(verdict: .inDoubt(.noReply), error: sanitized(text))
        case .tooLarge(let status, let headers):
            judge(status, ZAPIBody(), headers, remark: "the reply is larger than 64 KiB")
        case .cutShort(let status, let headers, let text):
            if Self.needsNoBody(status) {
                judge(status, ZAPIBody(), headers)
            } else {
                CallReply(
                    verdict: .inDoubt(.noReply), httpStatus: status,
                    error: sanitized("the reply is incomplete: \(text)"))
            }
        case .reply(let status, let headers, let bytes):
            judge(status, ZAPIBody(bytes), headers)
        }
    }

    /// Whether a status means the same whatever the body says.
    private static func needsNoBody(_ status: Int) -> Bool {
        switch status {
        case 300..<400, 401, 402, 403, 405, 407, 415, 421, 426, 429: true
        default: false
        }
    }

    /// - Parameter remark: what is wrong with the reply, if its body does not say so.
    private func judge(
        _ status: Int, _ body: ZAPIBody, _ headers: ReplyHeaders, remark: String? = nil
    ) -> CallReply {
        let text = body.error ?? remark
        let isOwn = body.isOwnError && headers.allowsJSON
        func reply(_ verdict: Verdict, otherwise: String) -> CallReply {
            CallReply(verdict: verdict, httpStatus: status, error: sanitized(text ?? otherwise))
        }
        switch status {
        case 200..<300:
            return success(status, body, remark: remark)
        case 429:
            return reply(throttled(headers), otherwise: "asked to try again later")
        case 503 where isOwn, 408 where isOwn, 425 where isOwn:
            return reply(throttled(headers), otherwise: "asked to try again later")
        case 408, 425, 499, 460, 502, 504:
            // 499 and 460 are codes by which gateways report that they have given up.
            return reply(.inDoubt(.gatewayError), otherwise: "a gateway answered")
        case 500..<600:
            return reply(.inDoubt(.gatewayError), otherwise: "an error page that is not Z-API's")
        case 300..<400:
            // Never followed: a redirected POST becomes a GET, and another host would learn the token.
            return CallReply(verdict: .misconfigured, httpStatus: status, error: "a redirect; check baseURL")
        case 400..<500:
            return refusal(status, body, isOwn: isOwn, remark: remark)
        default:
            return reply(.inDoubt(.unreadableReply), otherwise: "no HTTP answer")
        }
    }

    private func throttled(_ headers: ReplyHeaders) -> Verdict {
        .throttled(retryAfter: RetryAfter(headers.retryAfter, now: now())?.wait)
    }

    private func success(_ status: Int, _ body: ZAPIBody, remark: String?) -> CallReply {
        let said =
            body.error ?? remark ?? body.text.map { "the reply does not name a call: \($0)" } ?? "the reply is empty"
        guard let receipt = body.receipt, ![receipt.zaapId, receipt.messageId].contains(where: isSecret) else {
            return CallReply(verdict: .inDoubt(.unreadableReply), httpStatus: status, error: sanitized(said))
        }
        let kept = CallReceipt(
            zaapId: receipt.zaapId.map(CallIdentifier.kept), messageId: receipt.messageId.map(CallIdentifier.kept))
        return CallReply(verdict: .accepted(kept), httpStatus: status, error: body.errorText.map(sanitized))
    }

    /// A reply with a 4xx code: about the instance or about this call. In either case nothing has rung.
    private func refusal(_ status: Int, _ body: ZAPIBody, isOwn: Bool, remark: String?) -> CallReply {
        let problem = AccountProblem(body.errors)
        let verdict: Verdict =
            switch (status, problem) {
            case (_, .disconnected): .disconnected
            case (_, .some), (401, _), (402, _), (403, _), (405, _), (407, _), (415, _), (421, _), (426, _):
                .misconfigured
            // A page, or a framework's error: Z-API is not at that address.
            case (404, _) where !body.isOwnError && !body.isAboutRequest || body.mentionsInstance: .misconfigured
            default: .refused
            }
        let remedy = verdict == .refused ? nil : problem?.remedy ?? Self.remedy(status)
        let said = body.error ?? remark ?? (body.isPage ? nil : body.text)
        let text = said.map { sanitized($0, keeping: remedy) }
        return CallReply(
            verdict: verdict, httpStatus: status, error: text ?? remedy ?? "refused, no reason given",
            subject: Self.subject(of: body, isOwn: isOwn))
    }

    private static func subject(of body: ZAPIBody, isOwn: Bool) -> RefusalSubject {
        if isOwn, body.refusesNumber { return .number }
        if body.isAboutRequest { return .call }
        return isOwn ? .unknown : .gateway
    }

    private static func remedy(_ status: Int) -> String {
        switch status {
        case 402: AccountProblem.subscription.remedy
        case 404: AccountProblem.noInstance.remedy
        case 405, 415, 421, 426: "check baseURL"
        case 407: "a proxy in between requires a password"
        default: AccountProblem.credentials.remedy
        }
    }

    /// The error of a request other than `send-call`, derived from what its reply would mean for a call.
    func providerError(of outcome: WireOutcome) -> ProviderError {
        let reply = reply(to: outcome)
        return switch reply.verdict {
        case .throttled(let wait): .throttled(retryAfter: wait)
        case .misconfigured, .disconnected, .refused: .refused(reply.summary)
        case .accepted, .inDoubt, .notSent, .heldBack: .unreachable(reply.summary)
        }
    }

    func isSecret(_ id: String?) -> Bool { id.map(sanitizer.isSecret) ?? false }

    /// A table whose texts do not contain an address either, nor a part of it that may be its secret.
    func hiding(_ address: Secret) -> VerdictTable {
        let text = address.reveal()
        let parts = text.split { "/?&=#".contains($0) }.map(String.init).filter { $0.count >= Self.shortestToken }
        return VerdictTable(now: now, sanitizer: sanitizer.hiding([text] + parts))
    }

    /// The text on one line, without secrets, of bounded length.
    func sanitized(_ text: String) -> String { sanitizer.line(text) }

    /// The text, followed by what to do about it.
    private func sanitized(_ text: String, keeping remedy: String?) -> String {
        remedy.map { "\(sanitized(text)) (\($0))" } ?? sanitized(text)
    }
}

extension CallReply {
    /// The status and the error on one line, such as `HTTP 404, Instance not found`.
    var summary: String {
        [httpStatus.map { "HTTP \($0)" }, error].compactMap(\.self).joined(separator: ", ")
    }
}

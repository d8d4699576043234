import CampaignCore
import HTTPTypes

/// What the API does.
extension APISection {
    private static let mostPhones = 1_000
    private static let longestReason = 200

    var changes: [DashboardRoute] {
        [
            // Somebody may have stopped it since.
            change(.post, "/campaigns/:campaign/start", .mustNotBeRepeated) { operations, request, body, _ in
                let canary = body.integer("canary", in: 1...10_000)
                return { try await operations.start(request[parameter: "campaign"], canary: canary, by: request.actor) }
            },
            change(.post, "/campaigns/:campaign/pause", .doesNoHarm, .protection) { operations, request, _, _ in
                return { try await operations.pause(request[parameter: "campaign"], by: request.actor) }
            },
            change(.post, "/campaigns/:campaign/resume", .mustNotBeRepeated) { operations, request, _, _ in
                return { try await operations.resume(request[parameter: "campaign"], by: request.actor) }
            },
            change(.post, "/campaigns/:campaign/cancel", .doesNoHarm, .protection) { operations, request, _, _ in
                return { try await operations.cancel(request[parameter: "campaign"], by: request.actor) }
            },
            change(.post, "/campaigns/:campaign/retry", .mustNotBeRepeated) { operations, request, body, _ in
                let expression = body.text("where", isRequired: true, expected: "an expression such as state = failed")
                let seenAt = body.moment("seenAt")
                return {
                    try await operations.retry(
                        request[parameter: "campaign"], where: expression ?? "", seenAt: seenAt, by: request.actor)
                }
            },
            change(.post, "/campaigns/:campaign/doubts/resolve", .mustNotBeRepeated) { operations, request, body, _ in
                let resolution = body.word("as", APIResolution.self) ?? .called
                let doubts = Self.doubts(&body)
                let seenAt = body.moment("seenAt")
                return {
                    try await operations.resolve(
                        request[parameter: "campaign"], doubts, as: resolution, seenAt: seenAt, by: request.actor)
                }
            },
            change(.post, "/replies/:id/decide", .doesNoHarm) { operations, request, body, _ in
                let decision = body.word("as", APIDecision.self) ?? .block
                // Nothing else is the number of a reply.
                guard let id = Int64(request[parameter: "id"]), id > 0 else { throw DashboardError.unknownReply }
                return { try await operations.decide(reply: id, as: decision, by: request.actor) }
            },
            change(.put, "/blocks/:phone", .doesNoHarm, .protection) { operations, request, body, _ in
                let reason = body.text("reason") ?? ""
                if reason.unicodeScalars.count > Self.longestReason {
                    body.note("reason", "Write \(Self.longestReason) characters at most.")
                }
                return { try await operations.block(request[parameter: "phone"], reason: reason, by: request.actor) }
            },
            change(.delete, "/blocks/:phone", .mustNotBeRepeated) { operations, request, _, query in
                let (requeues, isConfirmed) = (query.truth("requeue") ?? false, query.truth("confirm") ?? false)
                return {
                    try await operations.unblock(
                        request[parameter: "phone"], requeues: requeues, isConfirmed: isConfirmed, by: request.actor)
                }
            },
        ]
    }

    private static func doubts(_ body: inout RequestBodyReader) -> APIDoubts {
        let (phones, expression) = (body.texts("phones", atMost: mostPhones), body.text("where"))
        let all = body.truth("all") ?? false
        switch (phones, expression, all) {
        case (let phones?, nil, false): return .phones(phones)
        case (nil, let expression?, false): return .matching(expression)
        case (nil, nil, true): return .all
        default:
            if body.faults.isEmpty { body.note("body", "Choose the doubts with exactly one of phones, where and all.") }
            return .phones([])
        }
    }

    private typealias Perform = @Sendable () async throws -> APIReply

    /// - Parameter prepare: reads the body and the parameters, and returns what carries the request out.
    private func change(
        _ method: DashboardRoute.Method, _ pattern: String, _ repetition: IdempotencyKeys.Repetition,
        _ use: TokenRates.Use = .usual,
        _ prepare:
            @escaping @Sendable (any APIOperations, DashboardRequest, inout RequestBodyReader, inout RequestQuery)
            throws
            -> Perform
    ) -> DashboardRoute {
        route(method, pattern, .operate, use, limit: Self.objectLimit) { [operations] request in
            let bytes = try await Self.body(of: request, upTo: Self.objectLimit)
            guard bytes.isEmpty || Self.contentType(of: request) == "application/json" else {
                throw DashboardError.unsupportedMediaType(["application/json"])
            }
            let key = try IdempotencyKeys.key(of: request.headers)
            var query = RequestQuery(request.query)
            var body = try RequestBodyReader(bytes)
            let perform = try prepare(operations, request, &body, &query)
            try body.finish()
            try query.finish()
            return try await answer(request, method, key: key, bytes, repetition, perform)
        }
    }

    /// Carries a request out, once for each key.
    func answer(
        _ request: DashboardRequest, _ method: DashboardRoute.Method, key: String?, _ body: [UInt8],
        _ repetition: IdempotencyKeys.Repetition, _ perform: @Sendable () async throws -> APIReply
    ) async throws -> DashboardResponse {
        guard let key, let client = request.client else { return try await perform().response() }
        let hash = IdempotencyKeys.hash(of: request, method: method.rawValue, body: body)
        let (reply, isRepeated) = try await keys.once(
            key, tokenHash: client.tokenHash, requestHash: hash, repetition, perform)
        return reply.response(headers: isRepeated ? [.idempotencyReplayed: "true"] : [:])
    }
}

extension DashboardError {
    package static let unknownReply = DashboardError(
        .notFound, "unknown-reply", Phrase("There is no such reply.", "Essa resposta não existe."))
}

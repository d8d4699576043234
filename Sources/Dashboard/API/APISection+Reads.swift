import CampaignCore
import HTTPTypes
import HummingbirdCore

/// What the API shows.
extension APISection {
    /// What a document's validator is made of.
    private enum Tag {
        /// The database: it is not read for somebody who has the document already.
        case version
        /// The document itself, which also tells what no database says, such as whether a window is open.
        case content
        case none
    }

    /// Whoever does not see phones may not ask about one, or about parts of it: the answers would give it away.
    private static func requirePhones(_ request: DashboardRequest, for question: String?) throws(DashboardError) {
        guard question == nil || request.seesPhones else {
            throw DashboardError(
                .forbidden, "insufficient-scope",
                Phrase(
                    "Filters and numbers need a token with the scope “operate”: their answers would give phones away.",
                    "Filtros e números precisam de um token com o escopo “operate”: as respostas revelariam telefones.")
            )
        }
    }

    var reads: [DashboardRoute] {
        [
            read("/campaigns", .content) { source, _, _ in return { try await source.campaigns() } },
            read("/campaigns/:campaign", .content) { source, request, _ in
                return { try await source.campaign(request[parameter: "campaign"]) }
            },
            read("/campaigns/:campaign/people", .version) { source, request, query in
                let (expression, page) = (query.text("where"), query.page())
                try Self.requirePhones(request, for: expression)
                return { try await source.people(of: request[parameter: "campaign"], where: expression, page) }
            },
            read("/campaigns/:campaign/people/:phone", .content) { source, request, _ in
                try Self.requirePhones(request, for: request[parameter: "phone"])
                return { try await source.person(request[parameter: "phone"], of: request[parameter: "campaign"]) }
            },
            read("/campaigns/:campaign/doubts") { source, request, query in
                let (expression, page) = (query.text("where"), query.page())
                try Self.requirePhones(request, for: expression)
                return { try await source.doubts(of: request[parameter: "campaign"], where: expression, page) }
            },
            read("/campaigns/:campaign/series") { source, request, query in
                let span = SeriesSpan(
                    from: query.moment("from"), to: query.moment("to"), minutes: query.integer("minutes", in: 1...1_440)
                )
                if let from = span.from, let to = span.to, from >= to { query.note("to", "Write a time after `from`.") }
                return { try await source.series(of: request[parameter: "campaign"], span) }
            },
            read("/replies") { source, _, query in
                let choice = ReplyQuery(
                    isUndecided: query.truth("undecided") ?? false, campaign: query.text("campaign"))
                let page = query.page()
                return { try await source.replies(choice, page) }
            },
            read("/blocks") { source, request, query in
                let (phone, page) = (query.text("phone"), query.page())
                try Self.requirePhones(request, for: phone)
                return { try await source.blocks(phone: phone, page) }
            },
            read("/instances") { source, _, _ in return { try await source.instances() } },
            read("/events") { source, _, query in
                let (state, page) = (query.word("state", APIEventState.self), query.page())
                return { try await source.events(state: state?.rawValue, page) }
            },
            read("/actions") { source, _, query in
                let (campaign, page) = (query.text("campaign"), query.page())
                return { try await source.actions(of: campaign, page) }
            },
        ]
    }

    private typealias Make = @Sendable () async throws -> [UInt8]

    /// - Parameter prepare: reads the parameters, and returns what makes the document.
    private func read(
        _ pattern: String, _ tag: Tag = .none,
        _ prepare: @escaping @Sendable (any APISource, DashboardRequest, inout RequestQuery) throws -> Make
    ) -> DashboardRoute {
        route(.get, pattern, .read) { [source] request in
            var query = RequestQuery(request.query)
            let make = try prepare(source, request, &query)
            try query.finish()
            let masks = !request.seesPhones
            var known: EntityTag?
            if tag == .version {
                known = EntityTag(ofVersion: try await source.version(), seenAs: masks ? "masked" : "whole")
                if let known, known.isNamed(by: request.headers[.ifNoneMatch]) { return Self.unchanged(known) }
            }
            let document = PhoneMasking.document(try await make(), masksPhones: masks)
            if tag == .content { known = EntityTag(ofDocument: document) }
            guard let known else { return .bytes(document, type: "application/json") }
            if known.isNamed(by: request.headers[.ifNoneMatch]) { return Self.unchanged(known) }
            return .bytes(document, type: "application/json", headers: Self.headers(of: known))
        }
    }

    private static func unchanged(_ tag: EntityTag) -> DashboardResponse {
        DashboardResponse(.body(.init()), status: .notModified, headers: headers(of: tag))
    }

    /// Asked for again each time, and not sent again.
    private static func headers(of tag: EntityTag) -> HTTPFields {
        [.eTag: tag.text, .cacheControl: "private, no-cache"]
    }
}

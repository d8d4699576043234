import CampaignCore
import Markup

/// The people of a campaign, and each of them.
package struct PeopleSection: DashboardSection {
    private let source: any PeopleSource

    package init(_ source: any PeopleSource) { self.source = source }

    package var routes: [DashboardRoute] {
        [
            .page("/campaigns/:campaign/people") { try await people($0) },
            .page("/campaigns/:campaign/people/retry") { try await retryPage($0, $0.query) },
            .action("/campaigns/:campaign/people/retry") { try await retry($0) },
            .page("/campaigns/:campaign/people/block") { try await blockPage($0, $0.query) },
            .action("/campaigns/:campaign/people/block") { try await block($0) },
            .page("/campaigns/:campaign/people/:person") { try await person($0) },
        ]
    }

    private func people(_ request: DashboardRequest) async throws -> Page {
        let (campaign, query) = (request[parameter: "campaign"], try PeopleQuery(request.query))
        let list = try await source.people(query, of: campaign, for: Viewer(request))
        return Page(
            Phrase("People", "Pessoas"), at: .campaign(.people), campaign: campaign,
            PeopleTable(Components(request), campaign, query).html(list))
    }

    private func person(_ request: DashboardRequest) async throws -> Page {
        let campaign = request[parameter: "campaign"]
        let report = try await source.person(request[parameter: "person"], of: campaign, for: Viewer(request))
        let title =
            report.name.isEmpty
            ? Phrase("One person", "Uma pessoa") : Phrase(verbatim: report.name)
        return Page(
            title, at: .campaign(.people), campaign: campaign,
            PersonPage(parts: Components(request), campaign: campaign).html(report))
    }

    // MARK: About several

    /// - Parameter problem: why nothing was done when it was asked before.
    private func retryPage(
        _ request: DashboardRequest, _ fields: FormFields, problem: Phrase? = nil
    ) async throws -> Page {
        let (campaign, query) = (request[parameter: "campaign"], try PeopleQuery(fields))
        let chosen = try await source.retryOverview(query, of: campaign, for: Viewer(request))
        let parts = Components(request)
        let page = ChosenPeoplePage(parts, campaign, query)
        return Page(
            Phrase("Call again", "Ligar de novo"), at: .campaign(.people), campaign: campaign,
            "\(parts.alert(problem))\(page.retry(chosen))")
    }

    private func retry(_ request: DashboardRequest) async throws -> DashboardResponse {
        let (campaign, query) = (request[parameter: "campaign"], try PeopleQuery(request.form))
        let seenAt = try request.form.seenAt()
        do {
            let done = try await source.retry(query, of: campaign, seenAt: seenAt, by: request.actor)
            return .redirect(to: Self.back(campaign, query), notice: done)
        } catch let error as DashboardError {
            guard error.isCalledSince else { throw error }
            return .page(try await retryPage(request, request.form, problem: error.phrase), status: error.status)
        }
    }

    /// - Parameter problem: why nothing was done when it was asked before.
    private func blockPage(
        _ request: DashboardRequest, _ fields: FormFields, problem: Phrase? = nil
    ) async throws -> Page {
        let (campaign, query) = (request[parameter: "campaign"], try PeopleQuery(fields))
        let chosen = try await source.blockOverview(query, of: campaign, for: Viewer(request))
        let parts = Components(request)
        let page = ChosenPeoplePage(parts, campaign, query)
        return Page(
            Phrase("Do not call", "Não ligar"), at: .campaign(.people), campaign: campaign,
            "\(parts.alert(problem))\(page.block(chosen))")
    }

    private func block(_ request: DashboardRequest) async throws -> DashboardResponse {
        let (campaign, query) = (request[parameter: "campaign"], try PeopleQuery(request.form))
        guard !query.isAll else { throw DashboardError.invalid(Self.choose) }
        let (reason, seenAt) = (request.form.text("because") ?? "", try request.form.seenAt())
        do {
            let done = try await source.block(
                query, of: campaign, reason: reason, seenAt: seenAt, by: request.actor)
            return .redirect(to: Self.back(campaign, query), notice: done)
        } catch let error as DashboardError {
            guard error.isCalledSince else { throw error }
            return .page(try await blockPage(request, request.form, problem: error.phrase), status: error.status)
        }
    }

    /// Where somebody came from: the page of one person, or the same list.
    private static func back(_ campaign: String, _ query: PeopleQuery) -> String {
        let list = Components.path(campaign, "/people")
        guard let phone = query.phone else { return query.address(list) }
        return "\(list)/\(FormFields.encoded(phone))"
    }

    static let choose = Phrase("Choose people first.", "Escolha as pessoas antes.")
}

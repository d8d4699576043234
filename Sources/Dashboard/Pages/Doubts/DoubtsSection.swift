import CampaignCore
import Markup

/// The calls of a campaign that may have rung.
package struct DoubtsSection: DashboardSection {
    private let source: any DoubtsSource

    package init(_ source: any DoubtsSource) { self.source = source }

    package var routes: [DashboardRoute] {
        [
            .page("/campaigns/:campaign/doubts") { try await doubts($0) },
            .page("/campaigns/:campaign/doubts/resolve") { request in
                try await question(request, request.query)
            },
            .action("/campaigns/:campaign/doubts/resolve") { try await resolve($0) },
        ]
    }

    private func doubts(_ request: DashboardRequest) async throws -> Page {
        let campaign = request[parameter: "campaign"]
        let query = DoubtsQuery(reason: request.query.text("reason"), after: request.query.text("after"))
        let list = try await source.doubts(query, of: campaign, for: Viewer(request))
        return Page(
            Phrase("In doubt", "Em dúvida"), at: .campaign(.doubts), campaign: campaign,
            DoubtsTable(Components(request), campaign, query).html(list))
    }

    /// Shows what would be resolved. Nothing is changed.
    ///
    /// - Parameter problem: why nothing was done when it was asked before.
    private func question(
        _ request: DashboardRequest, _ fields: FormFields, problem: Phrase? = nil
    ) async throws -> Page {
        let campaign = request[parameter: "campaign"]
        let resolution = try Self.resolution(fields)
        let numbers = Self.numbers(fields)
        guard !numbers.isEmpty || fields["reason"] != nil else { throw DashboardError.invalid(Self.choose) }
        // Without a reason they are those of all reasons.
        let choice: DoubtsChoice = numbers.isEmpty ? .reason(fields.text("reason")) : .numbers(numbers)
        let overview = try await source.overview(choice, of: campaign, for: Viewer(request))
        let parts = Components(request)
        let page = DoubtsQuestion(parts: parts, campaign: campaign, resolution: resolution)
        return Page(
            Phrase("Resolve doubts", "Resolver dúvidas"), at: .campaign(.doubts), campaign: campaign,
            "\(parts.alert(problem))\(page.html(overview))")
    }

    private func resolve(_ request: DashboardRequest) async throws -> DashboardResponse {
        let resolution = try Self.resolution(request.form)
        // Whoever is dialed again is shown first.
        guard resolution == .called || request.form["sure"] == "yes" else {
            return .page(try await question(request, request.form))
        }
        let numbers = Self.numbers(request.form)
        guard !numbers.isEmpty else { throw DashboardError.invalid(Self.choose) }
        let campaign = request[parameter: "campaign"]
        let seenAt = try request.form.seenAt()
        do {
            let done = try await source.resolve(
                numbers, of: campaign, as: resolution, seenAt: seenAt, by: request.actor)
            let list = Components.path(campaign, "/doubts")
            return .redirect(to: request.form["back"].map(SignInSection.own) ?? list, notice: done)
        } catch let error as DashboardError {
            guard error.isCalledSince else { throw error }
            return .page(try await question(request, request.form, problem: error.phrase), status: error.status)
        }
    }

    private static let choose = Phrase("Choose the doubts first.", "Escolha as dúvidas antes.")

    private static func resolution(_ fields: FormFields) throws(DashboardError) -> DoubtResolution {
        guard let resolution = fields.text("as").flatMap(DoubtResolution.init) else {
            throw .invalid(
                Phrase("Say whether the phone rang or did not.", "Diga se o telefone tocou ou não."))
        }
        return resolution
    }

    private static func numbers(_ fields: FormFields) -> [String] {
        fields.all("doubt").flatMap { $0.split { $0 == "," || $0 == " " } }.map(String.init)
    }
}

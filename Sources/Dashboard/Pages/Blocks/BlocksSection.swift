import CampaignCore
import HTTPTypes
import Markup

/// The do-not-call list.
package struct BlocksSection: DashboardSection {
    private let source: any BlocksSource

    package init(_ source: any BlocksSource) { self.source = source }

    package var routes: [DashboardRoute] {
        [
            .page("/blocks") { try await blocks($0) },
            .action("/blocks") { try await add($0) },
            .page("/blocks/remove") { try await removal($0) },
            .action("/blocks/remove") { try await remove($0) },
        ]
    }

    private static let title = Phrase("Do not call", "Não ligar")

    private func blocks(_ request: DashboardRequest) async throws -> Page {
        let page = BlocksPage(parts: Components(request))
        let viewer = Viewer(request)
        if let number = request.query.text("phone") {
            let found = try await source.block(of: number, for: viewer)
            return Page(Self.title, at: .blocks, page.found(found, number))
        }
        let list = try await source.blocks(after: request.query.text("after"), for: viewer)
        return Page(Self.title, at: .blocks, page.html(list))
    }

    private func add(_ request: DashboardRequest) async throws -> DashboardResponse {
        let lines = (request.form["numbers"] ?? "").split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.allSatisfy(\.isWhitespace) }
        guard !lines.isEmpty else {
            throw DashboardError.invalid(Phrase("Write at least one number.", "Escreva ao menos um número."))
        }
        let reason = request.form.text("reason") ?? ""
        let added = try await source.add(lines, reason: reason, by: request.actor)
        guard added.bad.isEmpty else {
            // What could be read is on the list; the rest is to be corrected.
            let page = BlocksPage(parts: Components(request)).correction(added, reason: reason)
            return .page(Page(Self.title, at: .blocks, page), status: .unprocessableContent)
        }
        return .redirect(to: request.form["back"].map(SignInSection.own) ?? "/blocks", notice: added.done)
    }

    private func removal(_ request: DashboardRequest) async throws -> Page {
        guard request.seesPhones else { throw DashboardError.notAllowed }
        let number = request.query.text("phone") ?? ""
        guard let removal = try await source.removal(of: number) else { throw Self.missing(number) }
        return Self.page(BlocksPage(parts: Components(request)).removal(removal))
    }

    private static func page(_ question: HTML) -> Page {
        Page(Phrase("Take off the do-not-call list", "Tirar da lista de não ligar"), at: .blocks, question)
    }

    private func remove(_ request: DashboardRequest) async throws -> DashboardResponse {
        let number = request.form.text("phone") ?? ""
        let outcome = try await source.remove(
            number, requeues: request.form["requeue"] == "yes", knowing: ShownObjections(request.form),
            by: request.actor)
        switch outcome {
        case .removed(let done): return .redirect(to: "/blocks", notice: done)
        case .kept:
            guard let removal = try await source.removal(of: number) else { throw Self.missing(number) }
            let question = BlocksPage(parts: Components(request)).removal(removal, isAskedAgain: true)
            return .page(Self.page(question), status: .conflict)
        }
    }

    private static func missing(_ number: String) -> DashboardError {
        .invalid(
            Phrase(
                "\(number) is not on the do-not-call list.", "\(number) não está na lista de não ligar."))
    }
}

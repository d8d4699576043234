import CampaignCore
import HTTPTypes
import Markup

/// Lists for a campaign: uploaded by a browser, looked at, imported.
package struct ImportSection: DashboardSection {
    let imports: any ListImports
    let uptime: @Sendable () -> Duration

    /// - Parameter uptime: for durations.
    package init(_ imports: any ListImports, uptime: @escaping @Sendable () -> Duration) {
        self.imports = imports
        self.uptime = uptime
    }

    private static let overview = "/campaigns/:campaign/import"
    private static let list = "/campaigns/:campaign/import/:list"

    package var routes: [DashboardRoute] {
        [
            .page(Self.overview) { request in
                let campaign = request[parameter: "campaign"]
                let overview = try await imports.overview(of: campaign, in: request.timeZone)
                return ImportOverviewPage(request, campaign, overview).page
            },
            DashboardRoute(
                .post, Self.overview, .level(.operate),
                body: .stream(limit: UploadReader.mostBytes + UploadReader.mostBeside)
            ) { try await upload($0) },
            .page(Self.list) { request in
                guard request.visitor?.level == .operate else { throw DashboardError.notAllowed }
                let (campaign, list) = try await self.list(of: request)
                return UploadedListPage(request, campaign, list).page
            },
            .action(Self.list + "/preview") { request in
                let (campaign, list) = try await self.list(of: request)
                try await imports.preview(list.id, of: campaign, try ListChoices(request.form))
                return .redirect(to: Self.path(campaign, list.id))
            },
            .action(Self.list + "/commit") { request in
                let (campaign, list) = try await self.list(of: request)
                let seen = SeenList(
                    sha256: request.form["sha256"] ?? "", choices: request.form["choices"] ?? "")
                try await imports.commit(
                    list.id, of: campaign, seen: seen, by: request.actor, in: request.language)
                return .redirect(to: Self.path(campaign, list.id))
            },
            .action(Self.list + "/discard") { request in
                let (campaign, list) = try await self.list(of: request)
                try await imports.discard(list.id, of: campaign)
                return .redirect(
                    to: Components.path(campaign, "/import"),
                    notice: Phrase("The file was removed.", "O arquivo foi removido."))
            },
            .download(Self.overview + "/rejects/:moment/file", rejects),
        ]
    }

    static func path(_ campaign: String, _ list: String) -> String {
        Components.path(campaign, "/import/\(FormFields.encoded(list))")
    }

    private func list(of request: DashboardRequest) async throws -> (campaign: String, list: UploadedList) {
        let campaign = request[parameter: "campaign"]
        guard let list = try await imports.list(request[parameter: "list"], of: campaign) else {
            throw DashboardError(
                .notFound, "list-gone",
                Phrase(
                    "This file is no longer here: it was imported or removed, or the service was started again. Send it "
                        + "again if you need it.",
                    "Este arquivo não está mais aqui: foi importado ou removido, ou o serviço foi reiniciado. Envie de novo se "
                        + "precisar dele."))
        }
        return (campaign, list)
    }

    private func upload(_ request: DashboardRequest) async throws -> DashboardResponse {
        let campaign = request[parameter: "campaign"]
        let id = try await UploadReader(request: request, uptime: uptime).receive { name in
            try await imports.begin(name, for: campaign)
        }
        return .redirect(to: Self.path(campaign, id))
    }

    private func rejects(_ request: DashboardRequest) async throws -> DashboardResponse {
        guard request.visitor?.level == .operate else { throw DashboardError.notAllowed }
        let campaign = request[parameter: "campaign"]
        guard let moment = Int64(request[parameter: "moment"]) else { throw DashboardError.notFound }
        let file = try await imports.rejects(
            of: campaign, importedAt: Timestamp(milliseconds: moment), in: request.language)
        return .download(file, name: "\(campaign).rejects.csv", type: "text/csv; charset=utf-8")
    }
}

extension DashboardRoute {
    /// A file for whoever is signed in.
    static func download(_ pattern: String, _ handler: @escaping Handler) -> Self {
        DashboardRoute(.get, pattern, .level(.read), handler: handler)
    }
}

package import CampaignCore
import Markup

/// Says what a start of a campaign would do, and with which settings.
package protocol PlanSource: Sendable {
    /// - Parameter timeZone: the IANA name of the zone in which times are told; nil: the campaign's.
    func plan(of campaign: String, in timeZone: String?) async throws -> CampaignOutlook
}

/// What a start of a campaign would do now, and its settings.
package struct CampaignOutlook: Sendable {
    package struct Figure: Sendable {
        package var count: Int
        package var name: Phrase

        package init(_ count: Int, _ name: Phrase) { (self.count, self.name) = (count, name) }
    }

    package struct Plan: Sendable {
        /// Contacts that are to be called.
        package var callable: Int
        /// The others, by what keeps them.
        package var others: [Figure]
        /// Pace, limits, window and end, in sentences.
        package var lines: [Phrase]

        package init(callable: Int, others: [Figure], lines: [Phrase]) {
            (self.callable, self.others, self.lines) = (callable, others, lines)
        }
    }

    /// Something that is wrong with the campaign's file, or with its secrets.
    package struct Problem: Sendable {
        package var line: Int?
        package var sentence: Phrase

        package init(line: Int?, sentence: Phrase) { (self.line, self.sentence) = (line, sentence) }
    }

    /// Nil while it is being worked out, or when the file is wrong.
    package var plan: Plan?
    /// The name of the file that the settings come from.
    package var file: String
    package var problems: [Problem]
    /// As the file says now; empty when it is wrong.
    package var settingsNow: [CampaignSetting]
    package var settingsAtLastRun: [CampaignSetting]
    /// When that run began; nil when there was none.
    package var lastRun: Phrase?

    package init(
        plan: Plan?, file: String, problems: [Problem], settingsNow: [CampaignSetting],
        settingsAtLastRun: [CampaignSetting], lastRun: Phrase?
    ) {
        (self.plan, self.file, self.problems) = (plan, file, problems)
        (self.settingsNow, self.settingsAtLastRun, self.lastRun) = (settingsNow, settingsAtLastRun, lastRun)
    }
}

/// What a campaign would do, and the settings that say so.
package struct PlanSection: DashboardSection {
    let plans: any PlanSource

    package init(_ plans: any PlanSource) { self.plans = plans }

    package var routes: [DashboardRoute] {
        [
            .page("/campaigns/:campaign/plan") { request in
                let campaign = request[parameter: "campaign"]
                let outlook = try await plans.plan(of: campaign, in: request.timeZone)
                return PlanPage(request, campaign, outlook).page
            }
        ]
    }
}

/// The page of a campaign's plan and settings.
struct PlanPage {
    private let parts: Components
    private let campaign: String
    private let outlook: CampaignOutlook

    init(_ request: DashboardRequest, _ campaign: String, _ outlook: CampaignOutlook) {
        parts = Components(request)
        self.campaign = campaign
        self.outlook = outlook
    }

    var page: Page {
        Page(
            Phrase("Plan and settings", "Plano e ajustes"), at: .campaign(.plan), campaign: campaign,
            parts: [.live(id: "plan", problems + plan), .fixed(settings)])
    }

    private var problems: HTML {
        guard !outlook.problems.isEmpty else { return "" }
        let items: [HTML] = outlook.problems.map { problem in
            let line = problem.line.map { parts.text("line \($0)", "linha \($0)") + ": " } ?? ""
            return "<li>\(line)\(problem.sentence[parts.language])</li>"
        }
        let sentence = parts.text(
            "\(outlook.file) cannot be used as it is. Correct it on the machine of the service.",
            "\(outlook.file) não pode ser usado como está. Corrija-o na máquina do serviço.")
        return "<div class=\"banner bad\" role=\"alert\"><p>\(sentence)</p><ul>\(items)</ul></div>"
    }

    private var plan: HTML {
        guard let plan = outlook.plan else {
            guard outlook.problems.isEmpty else { return "" }
            let sentence = parts.text("The plan is being worked out.", "O plano está sendo calculado.")
            let path = Components.path(campaign, "/plan")
            return """
                <p class="banner" role="status">\(sentence) <a href="\(path)">\(parts.text("Refresh", "Atualizar"))</a></p>
                """
        }
        let others = plan.others.reduce(0) { $0 + $1.count }
        let tiles = parts.tiles([
            ("accepted", plan.callable, Phrase("to be called", "para ligar")),
            ("", others, Phrase("not called, or not again", "sem ligação, ou não de novo")),
        ])
        let rows: [[HTML]] = plan.others.map { figure in
            [HTML(text: parts.number(figure.count)), HTML(text: figure.name[parts.language])]
        }
        let reasons: HTML? =
            rows.isEmpty
            ? nil
            : parts.table(
                Phrase("Who is not called, or not yet", "Quem não recebe ligação, ou ainda não"),
                [(Phrase("Contacts", "Contatos"), .right), (Phrase("Why", "Por quê"), .left)], rows)
        let lines: [HTML] = plan.lines.map { "<li>\($0[parts.language])</li>" }
        let note = parts.text(
            "The end is an estimate; retries and waits can only make it later. This places no call.",
            "O término é uma estimativa; novas tentativas e esperas só podem atrasá-lo. Isto não liga para ninguém.")
        return parts.section(
            Phrase("What a start would do", "O que um início faria"),
            "\(tiles)\(reasons)<ul>\(lines)</ul><p class=\"soft\">\(note)</p>")
    }

    // MARK: Settings

    private var settings: HTML {
        let (now, then) = (outlook.settingsNow, outlook.settingsAtLastRun)
        let keys = now.map(\.key) + then.map(\.key).filter { key in !now.contains { $0.key == key } }
        guard !keys.isEmpty else { return "" }
        var changes = 0
        let rows: [[HTML]] = keys.map { key in
            let (value, former) = (Self.value(key, now), Self.value(key, then))
            let isChanged = outlook.lastRun != nil && !now.isEmpty && value != former
            if isChanged { changes += 1 }
            let badge: HTML? = isChanged ? parts.badge(Phrase("changed", "mudou"), "warn") : nil
            var cells: [HTML] = ["<code>\(key)</code>", "<code>\(value ?? "–")</code> \(badge)"]
            if outlook.lastRun != nil { cells.append("<code>\(former ?? "–")</code>") }
            return cells
        }
        var columns: [(Phrase, Components.Align)] = [
            (Phrase("Setting", "Ajuste"), .left),
            (Phrase("In \(outlook.file) now", "Agora em \(outlook.file)"), .left),
        ]
        if let lastRun = outlook.lastRun {
            columns.append((Phrase("At the run of ", "Na execução de ") + lastRun, .left))
        }
        let table = parts.table(Phrase("Settings", "Ajustes"), columns, rows)
        let sentence =
            outlook.lastRun == nil
            ? parts.text("Not dialed yet.", "Ainda não discada.")
            : now.isEmpty
                ? ""
                : changes == 0
                    ? parts.text("Nothing has changed since the last run.", "Nada mudou desde a última execução.")
                    : parts.text(
                        "Changes count from the next start on.", "As mudanças valem a partir do próximo início.")
        let secrets = parts.text(
            "Ids, tokens and other values of ${…} are not shown.",
            "IDs, tokens e outros valores de ${…} não são mostrados.")
        return parts.section(
            Phrase("Settings", "Ajustes"), "<p>\(sentence)</p>\(table)<p class=\"soft\">\(secrets)</p>")
    }

    private static func value(_ key: String, _ settings: [CampaignSetting]) -> String? {
        settings.first { $0.key == key }?.value
    }
}

import ArgumentParser
import CampaignCore

/// How progress is shown, when the user says so.
enum ProgressStyle: String, CaseIterable, ExpressibleByArgument {
    /// A line when something changes, and each minute.
    case plain
    /// The same for machines, each second in which something changes.
    case json
    case none
}

/// How progress is shown.
enum ProgressShape {
    /// Lines that are redrawn on a terminal.
    case block
    case plain
    case json
    case none

    init(_ style: ProgressStyle?, canRedraw: Bool) {
        self =
            switch style {
            case nil: canRedraw ? .block : .plain
            case .plain?: .plain
            case .json?: .json
            case ProgressStyle.none?: .none
            }
    }

    /// How often it is looked at.
    var interval: Duration {
        switch self {
        case .block: .milliseconds(250)
        case .json: .seconds(1)
        case .plain, .none: .seconds(60)
        }
    }
}

struct ProgressOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            SystemEnvironment.language.text(
                "How progress is shown on stderr: plain (a line at each change and each minute), json (one JSON line each) "
                    + "or none. [default: a block that is redrawn on a terminal, elsewhere plain]",
                "Como o andamento é mostrado na saída de erros: plain (uma linha a cada mudança e a cada minuto), json (uma linha "
                    + "JSON de cada vez) ou none. [padrão: um bloco redesenhado num terminal, fora dele plain]"),
            valueName: "plain|json|none"))
    var progress: ProgressStyle?
}

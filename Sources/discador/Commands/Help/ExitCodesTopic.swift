import ArgumentParser
import CampaignCore

/// `discador help exit-codes`: what the commands end with.
struct ExitCodesTopic: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exit-codes",
        abstract: SystemEnvironment.language.text(
            "What a command ends with, for scripts.", "Com que código um comando termina, para scripts."),
        usage: "", discussion: ExitStatus.allCases.map(line).joined(separator: "\n"), shouldDisplay: false,
        helpNames: [])

    func run() throws { throw CleanExit.helpRequest(Self.self) }

    private static func line(_ status: ExitStatus) -> String {
        let code = "\(status.rawValue)"
        let indent = String(repeating: " ", count: 6)
        let text = status.meaning[SystemEnvironment.language].replacing("\n", with: "\n" + indent)
        return String(repeating: " ", count: 5 - code.count) + code + " " + text
    }
}

extension ExitStatus {
    /// What it means, in lines for a terminal of 80 columns.
    var meaning: Phrase {
        switch self {
        case .success:
            Phrase(
                "all contacts accepted or excluded, or done as requested",
                "todos os contatos aceitos ou excluídos, ou tudo feito como pedido")
        case .unexpected: Phrase("unexpected error", "erro inesperado")
        case .finishedWithFailures:
            Phrase("finished, some failed or in doubt", "terminou, e algumas falharam ou estão em dúvida")
        case .stopped:
            Phrase("stopped by the brake or by misconfiguration", "parou pelo freio ou por erro de configuração")
        case .held:
            Phrase(
                "database held by a process that takes no requests",
                "o banco de dados está com um processo que não atende pedidos")
        case .usage:
            Phrase(
                "wrong usage: an option, a value or a number, or a question that needs\na terminal or --yes",
                "comando errado: uma opção, um valor ou um número, ou uma pergunta que\nprecisa de um terminal ou de --yes"
            )
        case .badInput:
            Phrase(
                """
                input that cannot be used: a campaign file, a list (with --strict or in
                block import also one row of it), an unknown campaign or number,
                a database of another program or version
                """,
                """
                entrada que não serve: um arquivo de campanha, uma lista (com --strict ou
                em block import, também uma linha dela), campanha ou número desconhecido,
                banco de dados de outro programa ou de outra versão
                """)
        case .unreachable: Phrase("Z-API unreachable", "não foi possível acessar a Z-API")
        case .disk:
            Phrase("disk, or stdout cannot be written", "disco, ou a saída padrão não pôde ser gravada")
        case .notNow:
            Phrase(
                """
                no call may be placed now, with --no-wait; or the campaign is paused;
                or nobody is there for run --detach
                """,
                """
                agora não se pode ligar, com --no-wait; ou a campanha está pausada; ou
                não há quem atenda a run --detach
                """)
        case .interrupted:
            Phrase(
                "stopped on request (Ctrl-C, pause or cancel)",
                "parou a pedido (Ctrl-C, pause ou cancel)")
        }
    }
}

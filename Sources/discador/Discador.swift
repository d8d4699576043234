import ArgumentParser
import CampaignCore
import SourceCommit

/// The command line: `discador <command>`.
@main
struct Discador: AsyncParsableCommand {
    static let version = ProductVersion.current

    static let configuration = CommandConfiguration(
        commandName: "discador",
        abstract: "Runs batch WhatsApp call campaigns over Z-API.",
        discussion: """
            A campaign is a folder with a campaign.yml. `discador demo` shows how it works, without an account.

            Exit codes: 0 all contacts accepted or excluded, or done as requested · 1 unexpected error · 3 finished, \
            some failed or in doubt · 4 stopped by the brake or by misconfiguration · 5 database held by a process \
            that takes no requests · 64 wrong usage: an option, a value or a number, or a question that needs a terminal or --yes · 65 \
            input that cannot be used: a campaign file, a list (with --strict or in block import also one row of it), an \
            unknown campaign or number, a database of another program or version · 69 Z-API unreachable · 74 disk, or stdout cannot be written · 75 no \
            call may be placed now, with --no-wait; or the campaign is paused; or nobody is there for run --detach · 130 \
            interrupted (drained)
            """,
        version: "discador " + version + (SourceCommit.short().map { " (\($0))" } ?? ""),
        subcommands: [
            DemoCommand.self, ImportCommand.self, PlanCommand.self, RunCommand.self, ServeCommand.self,
            ListCommand.self, StatusCommand.self, ContactsCommand.self,
            PauseCommand.self, ResumeCommand.self, RetryCommand.self,
            CancelCommand.self, DoubtsCommand.self, ResolveCommand.self, WhyCommand.self, RepliesCommand.self,
            ReportCommand.self,
            BlockCommand.self, CheckCommand.self, QueueCommand.self, BackupCommand.self,
            WebhooksCommand.self, RestoreCommand.self, VerifyCommand.self, SimulateCommand.self,
        ]
    )

    static func main() async {
        occupyClosedStandardStreams()
        Signals.turnWriteSignalsIntoErrors()
        Signals.explainLostPages()
        OpenFileLimit.raise()
        let arguments = Array(CommandLine.arguments.dropFirst())
        let output = Output(isJSON: arguments.contains("--json"), isQuiet: arguments.contains("--quiet"))
        do {
            var command = try parseAsRoot(arguments)
            if let refusal = OpenFileLimit.refusal() { throw refusal }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: ExitCode(report(error, on: output)))
        }
    }

    /// Prints the error that a command ended with.
    ///
    /// - Returns: the exit code.
    private static func report(_ error: any Error, on output: Output) -> Int32 {
        guard let failure = Failure(error) else {
            // Help, the version, and errors of the command line.
            let code = exitCode(for: error)
            do {
                let message = Self.message(for: error)
                if code != .success, !message.isEmpty {
                    try output.result(json: ErrorDocument(error: message, exitCode: code.rawValue))
                }
                try output.say(fullMessage(for: error), isResult: code == .success)
            } catch {
                return report(error, on: output)
            }
            return code.rawValue
        }
        output.fail(failure)
        return failure.exit.rawValue
    }
}

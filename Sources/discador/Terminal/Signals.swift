import CampaignCore
import Glibc
import UnixSignals

/// How this program handles signals.
enum Signals {
    /// The signals that request a graceful stop: SIGINT, SIGTERM, and SIGHUP, which is sent when a terminal is closed,
    /// unless `nohup` made the process ignore it from the start.
    static let stop: [UnixSignal] = [.sigint, .sigterm] + (ignoresHangUp ? [] : [.sighup])

    private static let ignoresHangUp: Bool = {
        var action = sigaction()
        guard sigaction(SIGHUP, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else {
            return false
        }
        // SIG_IGN, which Swift cannot import, is the address 1.
        return unsafeBitCast(handler, to: Int.self) == 1
    }()

    /// Makes a write to a closed pipe, or past a file-size limit, fail with an error instead of ending the process.
    static func turnWriteSignalsIntoErrors() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Ends the process with a message when a file that SQLite shares with other processes was truncated, or its disk
    /// fails. Nothing is lost: what is on disk is complete, and calls under way will be in doubt.
    static func explainLostPages() {
        signal(SIGBUS, SystemEnvironment.language == .portuguese ? inPortuguese : inEnglish)
    }

    /// A handler may only use what is there already: there is one for each language.
    private static let inEnglish: @convention(c) (Int32) -> Void = { _ in
        let text: StaticString = """
            discador: a file of the database was cut short while it was in use (its -shm, by another program), or \
            the disk fails. Nothing more was written and no other call is placed; calls under way will be in \
            doubt. Resume with the next run.

            """
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
        _exit(ExitStatus.disk.rawValue)
    }

    private static let inPortuguese: @convention(c) (Int32) -> Void = { _ in
        let text: StaticString = """
            discador: um arquivo do banco de dados foi cortado durante o uso (o -shm, por outro programa), ou o disco \
            falha. Nada mais foi gravado e nenhuma outra ligação é feita; as ligações em andamento ficarão em \
            dúvida. A próxima execução continua.

            """
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
        _exit(ExitStatus.disk.rawValue)
    }
}

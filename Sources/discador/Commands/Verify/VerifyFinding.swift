import CampaignCore

/// Something that a round has found to be wrong, in words; in JSON they are English.
struct VerifyFinding: Encodable, Sendable {
    let phrase: Phrase

    init(_ phrase: Phrase) {
        self.phrase = phrase
    }

    /// A process that ended as none should.
    ///
    /// - Parameters:
    ///   - command: what it was asked to do, such as `run verify-a`.
    ///   - stderr: its last lines.
    init(_ command: String, _ end: RunProcess.End, _ stderr: [String]) {
        let lines = stderr.map { "\n  " + $0 }.joined()
        phrase = Phrase(verbatim: "`\(command)`: ") + end.phrase + Phrase(verbatim: lines)
    }

    /// A command that could not be run.
    init(_ command: String, _ error: any Error) {
        phrase = Phrase(verbatim: "`\(command)`: ") + Phrase(of: error)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(phrase.english)
    }
}

extension RunProcess.End {
    fileprivate var phrase: Phrase {
        switch self {
        case .exited(let code): Phrase("exit code \(code)", "código de saída \(code)")
        case .killed: Phrase("killed", "derrubado")
        case .crashed(let signal): Phrase("ended by signal \(signal)", "terminado pelo sinal \(signal)")
        }
    }
}

/// Why a campaign was stopped or cannot be dialed, in kinds. What is recorded in databases is the sentence for people,
/// whose beginning tells the kind.
package enum StopReason: String, CaseIterable, Sendable {
    case brake
    case canary
    /// The sound of the calls cannot be played.
    case audio
    /// No instance could be used, and the run was not to wait.
    case away
    /// No instance can be used until a person has changed something.
    case misconfigured
    /// Z-API could not be reached.
    case unreachable
    /// A campaign that was being dialed used an instance with other settings.
    case contradiction
    /// Anything else, such as a campaign file that has gone.
    case obstacle

    /// How the sentence begins.
    package var opening: Phrase {
        switch self {
        case .brake: Phrase("stopped by the brake: ", "parada pelo freio: ")
        case .canary: Phrase("stopped by the canary: ", "parada pelo teste inicial: ")
        case .audio:
            Phrase(
                "stopped: Z-API reports that the audio of the calls cannot be played",
                "parou: a Z-API diz que o áudio das ligações não toca")
        case .away:
            Phrase(
                "not dialing now: no instance can be used: ",
                "não está discando agora: nenhuma instância pode ser usada: ")
        case .misconfigured: Phrase("no instance can be used: ", "nenhuma instância pode ser usada: ")
        case .unreachable: Phrase("Z-API cannot be reached: ", "não foi possível falar com a Z-API: ")
        case .contradiction:
            Phrase("not dialed: campaigns that are being dialed use ", "não foi discada: campanhas em andamento usam ")
        case .obstacle: Phrase(verbatim: "")
        }
    }

    /// The kind of a recorded sentence.
    package init(recorded sentence: Phrase) {
        self = Self.allCases.first { sentence.english.hasPrefix($0.opening.english) } ?? .obstacle
    }

    /// The word of ``DialingStatus``.
    var word: DialingStatus.Word {
        switch self {
        case .brake, .canary: .brake
        case .audio: .audio
        case .away, .misconfigured, .unreachable: .instance
        case .contradiction: .contradiction
        case .obstacle: .obstacle
        }
    }

    /// A recorded sentence without what it tells to type: up to the end of the sentence before the first command.
    ///
    /// A first sentence that has a command in it stays whole.
    static func withoutCommands(_ sentence: Phrase) -> Phrase {
        Phrase { withoutCommands(sentence[$0]) }
    }

    private static func withoutCommands(_ text: String) -> String {
        let sentences = text.split(separator: ". ", omittingEmptySubsequences: false)
        let command = sentences.firstIndex { $0.contains("`discador ") } ?? sentences.endIndex
        guard command > 0 else { return text }
        let kept = sentences[..<command].joined(separator: ". ")
        return kept.hasSuffix(".") ? String(kept.dropLast()) : kept
    }
}

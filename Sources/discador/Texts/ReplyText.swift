import CampaignCore
import CampaignStore
import Reports

extension ReplyEntry {
    /// How many columns of a text are shown.
    static let shownWidth = 120

    /// Who wrote it: the number that was called, if it is known.
    var person: PhoneNumber { phone ?? sender }

    /// `Reply 2026-11-26 10:01:00: “SAIR” (opt_out, word “sair”), blocked by ana …`.
    func phrase(_ clock: LocalClock) -> Phrase {
        let level = level == .none ? Phrase(verbatim: "") : Phrase(verbatim: " (") + reading + Phrase(verbatim: ")")
        return Phrase("Reply ", "Resposta ") + clock.text(receivedAt) + Phrase(verbatim: ": ") + said() + level
            + decided(clock)
    }

    /// For a list of replies: `#12  5511987654321  review, phrase “quem é você”: “quem é você?” | …`.
    func listPhrase(_ clock: LocalClock) -> Phrase {
        let campaign =
            campaign.map { Phrase(", called by \($0)", ", ligação de \($0)") }
            ?? Phrase(", not called by any campaign", ", sem ligação de nenhuma campanha")
        return Phrase(verbatim: "#\(id)  \(person.text)  ") + reading + Phrase(verbatim: ": ") + said()
            + Phrase(verbatim: " | ") + clock.text(receivedAt) + campaign + decided(clock)
    }

    /// What was written, on one line and shortened: people write whatever they want.
    ///
    /// - Parameter width: how many columns are shown.
    func said(width: Int = shownWidth) -> Phrase {
        let shown = "“\(TerminalText.line(text, width: width))”"
        return switch form {
        case .text, .button: Phrase(verbatim: shown)
        case .media:
            text.isEmpty
                ? Phrase("a recording or an image", "uma gravação ou uma imagem")
                : Phrase("\(shown), with media", "\(shown), com mídia")
        }
    }

    /// What it was taken for, and by which rule.
    private var reading: Phrase {
        guard !rule.isEmpty else { return Phrase(verbatim: level.rawValue) }
        let rule = Phrase(recorded: rule)
        return Phrase { "\(level.rawValue), \(TerminalText.line(rule[$0], width: Self.shownWidth))" }
    }

    private func decided(_ clock: LocalClock) -> Phrase {
        decision.map { Phrase(verbatim: ", ") + $0.phrase(clock) } ?? Phrase(verbatim: "")
    }
}

extension ReplyEntry.Decision {
    /// What was decided, by whom and when: `blocked by ana 2026-11-26 10:05:00`.
    func phrase(_ clock: LocalClock) -> Phrase {
        Phrase("\(word.rawValue) by \(user) ", "\(word.portuguese) por \(user) ") + clock.text(at)
    }
}

extension ReplyDecision {
    fileprivate var portuguese: String {
        switch self {
        case .blocked: "bloqueada"
        case .dismissed: "dispensada"
        }
    }
}

import CampaignCore
import CampaignRunner

extension RunEnd {
    /// The word used in JSON.
    var word: String {
        switch self {
        case .finished: "finished"
        case .drained: "drained"
        case .halted: "halted"
        case .braked: "braked"
        case .badAudio: "bad_audio"
        case .misconfigured: "misconfigured"
        case .unreachable: "unreachable"
        case .contradicts: "contradicts"
        case .notNow, .away: "not_now"
        case .storeFailed: "database_failed"
        }
    }

    /// Z-API's own words may end with a period, and the sentence goes on or ends after them.
    private static func list(_ troubles: [String]) -> Phrase {
        troubles.map { Phrase(recorded: $0).withoutPeriod }.joined(separator: "; ")
    }

    /// The sentence for people; nil when there is nothing to explain.
    func explanation(of campaign: Campaign, _ suggested: SuggestedCommands) -> Phrase? {
        let run = suggested.command("run", campaign.name)
        let retry = suggested.command("retry", campaign.name, "--failed")
        return switch self {
        case .finished:
            nil
        case .drained:
            Phrase(
                "stopped; no call was left under way. Resume with `\(run)`.",
                "parou; nenhuma ligação ficou em andamento. Continue com `\(run)`.")
        case .halted:
            Phrase(
                "stopped immediately; calls that were under way are in doubt: see ",
                "parou na hora; as ligações que estavam em andamento ficaram em dúvida: veja ")
                + Phrase(verbatim: "`\(suggested.command("doubts", campaign.name))`.")
        case .braked(let report):
            (report.isCanary ? StopReason.canary : .brake).opening + report.phrase
                + Phrase(
                    ". Find the cause, then resume with `\(run)`.",
                    ". Descubra a causa, depois continue com `\(run)`.")
        case .badAudio:
            StopReason.audio.opening
                + Phrase(
                    ". Correct `call: audio` or the column callAudioUrl (an address of an audio file that anybody can "
                        + "open), then resume with `\(run)`; `\(retry)` requeues those who failed.",
                    ". Corrija `call: audio` ou a coluna callAudioUrl (o endereço de um arquivo de áudio que qualquer um "
                        + "possa abrir), depois continue com `\(run)`; `\(retry)` põe de volta quem falhou.")
        case .notNow(let wait):
            Phrase("not dialing now: ", "não está discando agora: ") + WaitText.text(wait, in: campaign.timeZone)
                + Phrase(". Resume then with `\(run)`.", ". Continue depois com `\(run)`.")
        case .away(let troubles):
            StopReason.away.opening + Self.list(troubles)
                + Phrase(
                    ". Resume with `\(run)` when one is back.", ". Continue com `\(run)` quando uma voltar.")
        case .misconfigured(let troubles):
            StopReason.misconfigured.opening + Self.list(troubles)
                + Self.correction(
                    check: suggested.command("check", campaign.name),
                    retry: troubles.contains(where: RefusalStreak.isRecorded) ? retry : nil)
        case .contradicts(let instances):
            StopReason.contradiction.opening + Phrase(verbatim: instances.joined(separator: ", "))
                + Phrase(
                    " with another token, Client-Token or baseURL. Correct whichever is wrong, then run again; ",
                    " com outro token, Client-Token ou baseURL. Corrija o que estiver errado e execute de novo; ")
                + Phrase(
                    "`\(suggested.command("status"))` shows what is being dialed.",
                    "`\(suggested.command("status"))` mostra o que está sendo discado.")
        case .unreachable(let troubles):
            StopReason.unreachable.opening + Self.list(troubles)
                + Phrase(
                    ". Check the network and baseURL, then resume with `\(run)`.",
                    ". Confira a rede e baseURL, depois continue com `\(run)`.")
        case .storeFailed(let error, let lostResults):
            Phrase(of: error) + Self.kept(lostResults)
        }
    }

    /// How to go on once no instance can be used.
    ///
    /// - Parameter retry: the command for those who failed, if calls were refused before; nil: none was placed.
    private static func correction(check: String, retry: String?) -> Phrase {
        Phrase(
            ". Correct it, verify with `\(check)`, then run again; ",
            ". Corrija, confira com `\(check)`, e execute de novo; ")
            + (retry.map {
                Phrase(
                    "a single contact is tried first. `\($0)` requeues those who failed.",
                    "primeiro se tenta um só contato. `\($0)` põe de volta quem falhou.")
            } ?? Phrase("the refused calls were not placed.", "as ligações recusadas não foram feitas."))
    }

    private static func kept(_ lostResults: [AttemptResult]) -> Phrase {
        guard !lostResults.isEmpty else {
            return Phrase(
                " Results not yet written are kept beside it, and the next run recovers them.",
                " Os resultados ainda não gravados ficam guardados ao lado dele, e a próxima execução os recupera.")
        }
        let list = lostResults.map { result in
            Phrase("contact ", "contato ") + Phrase(verbatim: "\(result.attempt.contact) ")
                + (result.receipt?.phrase ?? Phrase("no id", "sem id"))
        }
        return Phrase(
            " These results could not be saved anywhere; write them down: ",
            " Estes resultados não puderam ser salvos em lugar nenhum; anote-os: ") + list.joined(separator: ", ")
    }
}

extension RunEnd {
    /// Why a campaign is not dialed any more, for `status`; nil when its figures say everything.
    func lastingReason(of campaign: Campaign, _ suggested: SuggestedCommands) -> Phrase? {
        switch self {
        case .finished, .drained, .halted, .notNow, .storeFailed: nil
        case .braked, .badAudio, .away, .misconfigured, .unreachable, .contradicts: explanation(of: campaign, suggested)
        }
    }
}

extension BrakeReport {
    private static let errorsShown = 5
    private static let otherError = Noun("other error", portuguese: ("outro erro", "outros erros"))

    /// `12 of the last 20 calls failed: 9 × no such number, 3 × …`.
    var text: String { phrase.english }

    /// The same for people.
    var phrase: Phrase {
        let shown = errors.prefix(Self.errorsShown).map {
            Phrase(verbatim: "\($0.attempts) × ") + Phrase(recorded: $0.error)
        }
        let more = errors.count - Self.errorsShown
        let all = shown + (more > 0 ? [Phrase.counted(more, Self.otherError)] : [])
        let calls = Phrase.counted(over, .call)
        return Phrase(
            "\(failures) of the \(isCanary ? "first" : "last") \(calls.english) failed: ",
            "\(failures) das \(isCanary ? "primeiras" : "últimas") \(calls.portuguese) falharam: ")
            + all.joined(separator: ", ")
    }
}

import CampaignCore
import CampaignRunner
import Foundation

/// What a run is waiting for, in words.
enum WaitText {
    /// - Parameters:
    ///   - zone: in which its times are.
    ///   - byContact: whether each contact has a window by their own clock, so that the next one's is waited for.
    static func text(_ wait: WaitReason?, in zone: TimeZone, byContact: Bool = false) -> Phrase {
        func at(_ moment: Timestamp) -> Phrase { .moment(moment, in: zone) }
        return switch wait {
        case nil: Phrase("dialing", "discando")
        case .pace(let wait):
            Phrase("next call in \(DurationText.left(wait))", "próxima ligação em \(DurationText.left(wait))")
        case .retry(let wait):
            Phrase("next retry in \(DurationText.left(wait))", "próxima nova tentativa em \(DurationText.left(wait))")
        case .heldBack(let until):
            Phrase(
                "the lists hold back everybody who is left, the first until ",
                "as listas seguram todos os que faltam, o primeiro até ") + at(until)
        case .replies(let count): Phrase("waiting for ", "aguardando ") + .counted(count, .reply)
        case .instance: Phrase("waiting for an instance", "aguardando uma instância")
        case .rest(let until):
            Phrase("waiting for an instance, which rests until ", "aguardando uma instância, que descansa até ")
                + at(until)
        case .window(let until?) where byContact:
            Phrase(
                "the calling window of whoever is next opens at ", "o horário de ligação de quem vem agora começa em ")
                + at(until)
        case .window(let until?):
            Phrase("the calling window opens at ", "o horário de ligação começa em ") + at(until)
        case .window(nil):
            Phrase(
                "the calling window does not open long enough for a call within a year",
                "o horário de ligação não abre por tempo bastante para uma ligação durante um ano")
        case .cap(let until):
            Phrase(
                "today's calls are used up; the next day begins at ",
                "as ligações de hoje acabaram; o próximo dia começa em ") + at(until)
        case .ringing(let until):
            Phrase(
                "Z-API has as many calls as can ring before the window closes; the window reopens at ",
                "a Z-API já tem tantas ligações quantas podem tocar antes do fim do horário; ele reabre em ")
                + at(until)
        case .asked(let until, isEarlier: true):
            Phrase("no call before ", "nenhuma ligação antes de ") + at(until)
                + Phrase(", a limit left by an earlier run", ", um limite que ficou de uma execução anterior")
        case .asked(let until, isEarlier: false):
            Phrase("Z-API asked to wait until ", "a Z-API pediu para esperar até ") + at(until)
        case .redial(let until):
            Phrase(
                "the next call to somebody who did not answer is due at ",
                "a próxima ligação para quem não atendeu está marcada para ") + at(until)
        case .person(let until):
            Phrase(
                "whoever is next has been called as often as perPerson allows, until ",
                "quem vem agora já recebeu tantas ligações quantas perPerson permite, até ") + at(until)
        case .events(let until):
            Phrase(
                "events of the last call to whoever is next may still come, until ",
                "ainda podem chegar eventos da última ligação para quem vem agora, até ") + at(until)
        case .answers(let until):
            Phrase(
                "everybody has been called; waiting until \(TimeText.iso(until, in: zone)) to hear who did not answer",
                "já se ligou para todos; aguardando até \(TimeText.brazilian(until, in: zone)) para saber quem não atendeu"
            )
        case .contacts:
            Phrase(
                "everybody has been called; waiting for further contacts",
                "já se ligou para todos; aguardando novos contatos")
        case .canary(let count):
            Phrase(
                "waiting for the outcomes of the first calls, \(count) of which \(count.noun("is", "are")) under way",
                "aguardando os resultados das primeiras ligações, \(count) em andamento")
        }
    }
}

extension TimeText {
    /// `15:42:07`, on this machine's clock.
    static func timeOfDay(_ moment: Timestamp) -> String { String(iso(moment).dropFirst(11).prefix(8)) }

    /// As Brazilians write it: `29/11/2026 às 09:00`, with its offset if people at this machine, whose zone is `local`,
    /// would mistake it for theirs.
    static func brazilian(_ moment: Timestamp, in zone: TimeZone = .current, local: TimeZone = .current) -> String {
        let iso = iso(moment, in: zone)
        let day = iso.prefix(10).split(separator: "-").reversed().joined(separator: "/")
        let isLocal = zone.utcOffset(at: moment) == local.utcOffset(at: moment)
        return "\(day) às \(iso.dropFirst(11).prefix(5))" + (isLocal ? "" : " \(iso.dropFirst(19))")
    }
}

extension Phrase {
    /// A moment: ISO 8601, or as Brazilians write it.
    static func moment(_ moment: Timestamp, in zone: TimeZone = .current) -> Phrase {
        Phrase(TimeText.iso(moment, in: zone), TimeText.brazilian(moment, in: zone))
    }
}

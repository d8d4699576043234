import CampaignCore
import CampaignStore

extension Campaign {
    private static let maxNamed = 3

    /// When it may call: `mon tue wed thu fri 09:00–18:00 America/Sao_Paulo, 45 h a week`.
    var windowText: String { windowPhrase.english }

    /// The same for people.
    var windowPhrase: Phrase {
        guard let window else { return Phrase("always: calls at any hour", "sempre: liga a qualquer hora") }
        let days = CallingWindow.Day.allCases.filter { window.days.contains($0) }
        let clock =
            window.timeZone.map { Phrase(verbatim: $0) }
            ?? Phrase("on each contact's own clock", "no relógio de cada contato")
        let perWeek = DurationText.hours(calendar.openPerWeek)
        let hours = "\(Self.clock(window.fromMinute))–\(Self.clock(window.toMinute)) "
        return Phrase { language in days.map { $0.name(in: language) }.joined(separator: " ") + " " }
            + Phrase(verbatim: hours)
            + clock + Phrase(", \(perWeek) a week", ", \(perWeek) por semana")
            + (hasWrittenWindow
                ? Phrase(verbatim: "")
                : Phrase(
                    "; this is the default, because campaign.yml has no `window`",
                    "; este é o padrão, porque campaign.yml não tem `window`"))
    }

    private static func clock(_ minute: Int) -> String {
        let (hours, minutes) = (minute / 60, minute % 60)
        return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    /// Why further calls to somebody who did not answer may wait much longer than `redial` says; nil when they do not.
    var redialRemark: String? { redialPhrase?.english }

    /// The same for people.
    var redialPhrase: Phrase? {
        // The last call that fits into the period is followed by one that must wait for its end.
        guard let redial, let quota = perPerson?.quota, redial.attempts >= quota.calls,
            redial.after * quota.calls < quota.per
        else { return nil }
        let per = Self.span(quota.per)
        let calls = Phrase.counted(quota.calls, .call)
        return Phrase(
            "perPerson allows \(calls.english) in \(per.english), and redial asks for up to \(redial.attempts + 1): "
                + "whoever does not answer waits for the rest until the \(per.english) are over, and the campaign stays "
                + "open until then. Lower `redial.notAnswered.attempts` to \(quota.calls - 1), or raise "
                + "`perPerson.calls`",
            "perPerson permite \(calls.portuguese) em \(per.portuguese), e redial pede até \(redial.attempts + 1): quem "
                + "não atende espera pelo resto até o fim desse prazo, e a campanha fica aberta até lá. Diminua "
                + "`redial.notAnswered.attempts` para \(quota.calls - 1), ou aumente `perPerson.calls`")
    }

    /// `7 days`, `7 dias`: a setting, in its largest whole unit.
    private static func span(_ duration: Duration) -> Phrase {
        let seconds = Int(duration.components.seconds)
        let units = [
            (86_400, ("dia", "dias")), (3600, ("hora", "horas")), (60, ("minuto", "minutos")),
        ]
        let (length, unit) = units.first { seconds >= $0.0 && seconds % $0.0 == 0 } ?? (1, ("segundo", "segundos"))
        return Phrase(DurationText.plain(duration), "\(seconds / length) \((seconds / length).noun(unit.0, unit.1))")
    }

    /// A warning about paces that are faster than a phone can ring; nil when there are none.
    var paceRemark: String? { pacePhrase?.english }

    /// The same for people.
    var pacePhrase: Phrase? {
        let ringing = Duration.seconds(callDuration)
        let fast = instances.filter { InstanceLimits($0).isFasterThanPhone(ringing: ringing) }
        guard !fast.isEmpty else { return nil }
        let more = fast.count - Self.maxNamed
        let named = Phrase(verbatim: fast.prefix(Self.maxNamed).map(\.name).joined(separator: ", "))
        let names =
            more > 0
            ? named + Phrase(" and \(more.counted("other"))", " e \(more) \(more.noun("outra", "outras"))") : named
        let hourly = Int(3600 / InstanceLimits.occupancy(ringing: ringing).inSeconds)
        return Phrase(
            "the pace of \(names.english) is faster than one phone can ring: one phone makes about \(hourly) calls an "
                + "hour (\(callDuration) s each, with 1 to 3 s between them). Z-API queues the rest, so no more calls "
                + "are sent to it than can ring before the window closes. Leave out `pace`, or add instances",
            "o ritmo de \(names.portuguese) é mais rápido do que um telefone consegue tocar: um telefone faz cerca de "
                + "\(hourly) ligações por hora (\(callDuration) s cada, com 1 a 3 s entre elas). A Z-API põe o resto na "
                + "fila; por isso não se enviam a ela mais ligações do que as que podem tocar antes do fim do horário. "
                + "Tire `pace`, ou acrescente instâncias")
    }
}

extension CallingWindow.Day {
    /// Its code in the campaign file, or its Portuguese abbreviation.
    fileprivate func name(in language: Language) -> String {
        switch self {
        case .mon: language.text(rawValue, "seg")
        case .tue: language.text(rawValue, "ter")
        case .wed: language.text(rawValue, "qua")
        case .thu: language.text(rawValue, "qui")
        case .fri: language.text(rawValue, "sex")
        case .sat: language.text(rawValue, "sáb")
        case .sun: language.text(rawValue, "dom")
        }
    }
}

extension CampaignPause {
    /// Since when and by whom: `since 2026-11-26T09:00:00Z, by ana (uid 1000) with “pause november”`.
    var phrase: Phrase { phrase(.moment(since)) }

    /// The same on a clock that is not named.
    func phrase(_ clock: LocalClock) -> Phrase { phrase(clock.text(since, withSeconds: false)) }

    /// The same with the clock's zone.
    func phrase(alone clock: LocalClock) -> Phrase { phrase(clock.alone(since)) }

    private func phrase(_ since: Phrase) -> Phrase {
        Phrase("since ", "desde ") + since
            + Phrase(", by \(user) with “\(command)”", ", por \(user) com “\(command)”")
    }
}

/// A pause as JSON.
struct PauseDocument: Encodable {
    var since: String
    var user: String
    var command: String

    init(_ pause: CampaignPause) {
        since = pause.since.json()
        user = pause.user
        command = pause.command
    }
}

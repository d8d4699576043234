import CampaignCore
import Foundation

/// The keys of `window`.
enum WindowKey: String, YAMLKey {
    case timezone, days, from, to, overnight, holidays
}

extension YAMLMapping where Key == WindowKey {
    /// Whose clock it follows; other times in the file are in that zone too, if it is fixed.
    func zone(_ context: inout ParseContext) -> CallingWindow.Zone? {
        let expected = Phrase(
            "an IANA name such as America/Sao_Paulo, or contact", "um nome IANA como America/Sao_Paulo, ou contact")
        let value = required(.timezone, remedy: Phrase("write ", "escreva ") + expected, &context)
        guard let text = value?.text(expected: expected, &context) else { return nil }
        if text.value == "contact" { return .contact }
        guard let zone = CivilTime.zone(text.value) else {
            text.report(
                Phrase("is not a valid time zone", "não é um fuso horário válido"),
                remedy: Phrase("write ", "escreva ") + expected, &context)
            return nil
        }
        // Foundation calls UTC by its older name.
        return .fixed(zone.identifier == "GMT" ? "UTC" : zone.identifier)
    }

    /// The window in its zone; nil when anything is wrong with it, since half a window would let calls through.
    func window(by zone: CallingWindow.Zone?, _ context: inout ParseContext) -> CallingWindow? {
        let days = required(
            .days,
            remedy: Phrase(
                "write a list such as [mon, tue, wed, thu, fri]", "escreva uma lista como [mon, tue, wed, thu, fri]"),
            &context)?.days(&context)
        let from = required(
            .from, remedy: Phrase("write a time such as \"09:00\"", "escreva uma hora como \"09:00\""), &context)?.hour(
                &context)
        let to = required(
            .to, remedy: Phrase("write a time such as \"18:00\"", "escreva uma hora como \"18:00\""), &context)?.hour(
                &context)
        let holidays = self[.holidays].map { $0.holidays(&context) } ?? []
        if let from, from.minute == 1440 {
            from.text.report(
                Phrase("is the end of a day", "é o fim de um dia"), remedy: Phrase("write 00:00", "escreva 00:00"),
                &context)
            return nil
        }
        if let from, let to, from.minute == to.minute {
            to.text.report(
                Phrase("is also the time at which the window opens", "é também a hora em que a janela abre"),
                remedy: Phrase(
                    "write another time; from 00:00 to 24:00 is the whole day",
                    "escreva outra hora; de 00:00 a 24:00 é o dia inteiro"),
                &context
            )
            return nil
        }
        let overnight = self[.overnight].map { $0.truth(&context) } ?? false
        if let from, let to, let overnight {
            // A window to 00:00 ends at the end of the day.
            let crosses = to.minute != 0 && to.minute < from.minute
            if crosses, !overnight {
                to.text.report(
                    Phrase("is before the time at which the window opens", "vem antes da hora em que a janela abre"),
                    remedy: Phrase(
                        "correct the hours; or, if calls may ring through the night, add overnight: true",
                        "corrija as horas; ou, se as ligações podem tocar durante a noite, acrescente overnight: true"),
                    &context
                )
                return nil
            }
            if overnight, !crosses, let location = self[.overnight]?.location {
                context.report(
                    Phrase("these hours do not run into the next day", "estas horas não entram no dia seguinte"),
                    at: location,
                    remedy: Phrase("correct the hours, or remove overnight", "corrija as horas, ou remova overnight")
                )
                return nil
            }
        }
        guard let zone, let days, let from, let to, let holidays, overnight != nil else { return nil }
        return CallingWindow(
            zone: zone,
            days: days,
            fromMinute: from.minute,
            toMinute: to.minute == 0 ? 1440 : to.minute,
            holidays: holidays
        )
    }
}

extension YAMLValue {
    fileprivate func hour(_ context: inout ParseContext) -> (minute: Int, text: YAMLScalar)? {
        guard let text = text(expected: Phrase("a time such as \"09:00\"", "uma hora como \"09:00\""), &context) else {
            return nil
        }
        guard let minute = CivilTime.minute(text.value) else {
            text.report(
                Phrase("is not a valid time of day", "não é uma hora válida"),
                remedy: Phrase("write HH:MM, such as \"09:00\"", "escreva HH:MM, como \"09:00\""), &context)
            return nil
        }
        return (minute, text)
    }

    fileprivate func days(_ context: inout ParseContext) -> Set<CallingWindow.Day>? {
        guard
            let values = list(
                expected: Phrase(
                    "a list such as [mon, tue, wed, thu, fri]", "uma lista como [mon, tue, wed, thu, fri]"), &context)
        else { return nil }
        return values.distinct(&context) { value, context in value.word(CallingWindow.Day.self, &context) }.map(
            Set.init)
    }

    fileprivate func holidays(_ context: inout ParseContext) -> Set<CallingWindow.Date>? {
        let expected = Phrase("a list of dates such as [2026-12-25]", "uma lista de datas como [2026-12-25]")
        // An empty list of holidays is valid, unlike an empty list of days.
        if isEmptyList { return [] }
        guard let values = list(expected: expected, &context) else { return nil }
        return values.distinct(&context) { value, context in
            guard
                let text = value.text(
                    expected: Phrase("a date such as 2026-12-25", "uma data como 2026-12-25"), &context)
            else { return nil }
            guard let day = CivilTime.day(text.value) else {
                text.report(
                    Phrase("is not a valid date", "não é uma data válida"),
                    remedy: Phrase("write YYYY-MM-DD, such as 2026-12-25", "escreva YYYY-MM-DD, como 2026-12-25"),
                    &context)
                return nil
            }
            return day
        }.map(Set.init)
    }
}

import CampaignCore
import Foundation

/// The keys of `window`.
enum WindowKey: String, YAMLKey {
    case timezone, days, from, to, overnight, holidays
}

extension YAMLMapping where Key == WindowKey {
    /// Whose clock it follows; other times in the file are in that zone too, if it is fixed.
    func zone(_ context: inout ParseContext) -> CallingWindow.Zone? {
        let expected = "an IANA name such as America/Sao_Paulo, or contact"
        let value = required(.timezone, remedy: "write \(expected)", &context)
        guard let text = value?.text(expected: expected, &context) else { return nil }
        if text.value == "contact" { return .contact }
        guard let zone = CivilTime.zone(text.value) else {
            text.report("is not a valid time zone", remedy: "write \(expected)", &context)
            return nil
        }
        // Foundation calls UTC by its older name.
        return .fixed(zone.identifier == "GMT" ? "UTC" : zone.identifier)
    }

    /// The window in its zone; nil when anything is wrong with it, since half a window would let calls through.
    func window(by zone: CallingWindow.Zone?, _ context: inout ParseContext) -> CallingWindow? {
        let days = required(.days, remedy: "write a list such as [mon, tue, wed, thu, fri]", &context)?.days(&context)
        let from = required(.from, remedy: "write a time such as \"09:00\"", &context)?.hour(&context)
        let to = required(.to, remedy: "write a time such as \"18:00\"", &context)?.hour(&context)
        let holidays = self[.holidays].map { $0.holidays(&context) } ?? []
        if let from, from.minute == 1440 {
            from.text.report("is the end of a day", remedy: "write 00:00", &context)
            return nil
        }
        if let from, let to, from.minute == to.minute {
            to.text.report(
                "is also the time at which the window opens",
                remedy: "write another time; from 00:00 to 24:00 is the whole day",
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
                    "is before the time at which the window opens",
                    remedy: "correct the hours; or, if calls may ring through the night, add overnight: true",
                    &context
                )
                return nil
            }
            if overnight, !crosses, let location = self[.overnight]?.location {
                context.report(
                    "these hours do not run into the next day",
                    at: location,
                    remedy: "correct the hours, or remove overnight"
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
        guard let text = text(expected: "a time such as \"09:00\"", &context) else { return nil }
        guard let minute = CivilTime.minute(text.value) else {
            text.report("is not a valid time of day", remedy: "write HH:MM, such as \"09:00\"", &context)
            return nil
        }
        return (minute, text)
    }

    fileprivate func days(_ context: inout ParseContext) -> Set<CallingWindow.Day>? {
        guard let values = list(expected: "a list such as [mon, tue, wed, thu, fri]", &context) else { return nil }
        return values.distinct(&context) { value, context in value.word(CallingWindow.Day.self, &context) }.map(
            Set.init)
    }

    fileprivate func holidays(_ context: inout ParseContext) -> Set<CallingWindow.Date>? {
        let expected = "a list of dates such as [2026-12-25]"
        // An empty list of holidays is valid, unlike an empty list of days.
        if isEmptyList { return [] }
        guard let values = list(expected: expected, &context) else { return nil }
        return values.distinct(&context) { value, context in
            guard let text = value.text(expected: "a date such as 2026-12-25", &context) else { return nil }
            guard let day = CivilTime.day(text.value) else {
                text.report("is not a valid date", remedy: "write YYYY-MM-DD, such as 2026-12-25", &context)
                return nil
            }
            return day
        }.map(Set.init)
    }
}

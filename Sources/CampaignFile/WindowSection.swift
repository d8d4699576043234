import CampaignCore
import Foundation

/// The keys of `window`.
enum WindowKey: String, SectionKey {
    case timezone, days, from, to, overnight, holidays
}

extension Section where Key == WindowKey {
    /// Whose clock it goes by; other times in the file are meant in that zone, if it is one.
    func zone(_ reading: inout Reading) -> CallingWindow.Zone? {
        let expected = "an IANA name such as America/Sao_Paulo, or contact"
        let value = required(.timezone, remedy: "write \(expected)", &reading)
        guard let text = value?.text(expected: expected, &reading) else { return nil }
        if text.value == "contact" { return .contact }
        guard let zone = CivilTime.zone(text.value) else {
            text.report("is no time zone", remedy: "write \(expected)", &reading)
            return nil
        }
        // Foundation calls UTC by its older name.
        return .fixed(zone.identifier == "GMT" ? "UTC" : zone.identifier)
    }

    /// The window in its zone; nil when anything is wrong with it, since half a window would let calls through.
    func window(by zone: CallingWindow.Zone?, _ reading: inout Reading) -> CallingWindow? {
        let days = required(.days, remedy: "write a list such as [mon, tue, wed, thu, fri]", &reading)?.days(&reading)
        let from = required(.from, remedy: "write an hour such as \"09:00\"", &reading)?.hour(&reading)
        let to = required(.to, remedy: "write an hour such as \"18:00\"", &reading)?.hour(&reading)
        let holidays = self[.holidays].map { $0.holidays(&reading) } ?? []
        if let from, from.minute == 1440 {
            from.text.report("is the end of a day", remedy: "write 00:00", &reading)
            return nil
        }
        if let from, let to, from.minute == to.minute {
            to.text.report(
                "is the hour at which the window opens",
                remedy: "write another one; from 00:00 to 24:00 is the whole day",
                &reading
            )
            return nil
        }
        let overnight = self[.overnight].map { $0.truth(&reading) } ?? false
        if let from, let to, let overnight {
            // To 00:00 is to the end of the day.
            let crosses = to.minute != 0 && to.minute < from.minute
            if crosses, !overnight {
                to.text.report(
                    "is before the hour at which the window opens",
                    remedy: "correct the hours; or, if calls may ring through the night, add overnight: true",
                    &reading
                )
                return nil
            }
            if overnight, !crosses, let place = self[.overnight]?.place {
                reading.report(
                    "these hours do not reach into the next day",
                    at: place,
                    remedy: "correct the hours, or leave it out"
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

extension Value {
    fileprivate func hour(_ reading: inout Reading) -> (minute: Int, text: Text)? {
        guard let text = text(expected: "an hour such as \"09:00\"", &reading) else { return nil }
        guard let minute = CivilTime.minute(text.value) else {
            text.report("is no hour of the day", remedy: "write HH:MM, such as \"09:00\"", &reading)
            return nil
        }
        return (minute, text)
    }

    fileprivate func truth(_ reading: inout Reading) -> Bool? {
        guard let text = text(expected: "true or false", &reading) else { return nil }
        guard let truth = Bool(text.value) else {
            text.report("is not known here", remedy: "write true or false", &reading)
            return nil
        }
        return truth
    }

    fileprivate func days(_ reading: inout Reading) -> Set<CallingWindow.Day>? {
        guard let values = list(expected: "a list such as [mon, tue, wed, thu, fri]", &reading) else { return nil }
        return values.distinct(&reading) { value, reading in value.word(CallingWindow.Day.self, &reading) }
    }

    fileprivate func holidays(_ reading: inout Reading) -> Set<CallingWindow.Date>? {
        let expected = "a list of days such as [2026-12-25]"
        // No holidays is a list as good as any other, unlike no days.
        if isEmptyList { return [] }
        guard let values = list(expected: expected, &reading) else { return nil }
        return values.distinct(&reading) { value, reading in
            guard let text = value.text(expected: "a day such as 2026-12-25", &reading) else { return nil }
            guard let day = CivilTime.day(text.value) else {
                text.report("is no day of the calendar", remedy: "write YYYY-MM-DD, such as 2026-12-25", &reading)
                return nil
            }
            return day
        }
    }
}

extension [Value] {
    /// The elements as a set; nil when one of them is wrong or comes twice, which is a typing error for another one.
    fileprivate func distinct<Item: Hashable>(
        _ reading: inout Reading,
        read: (Value, inout Reading) -> Item?
    ) -> Set<Item>? {
        var found: Set<Item> = []
        var isComplete = true
        for value in self {
            guard let item = read(value, &reading) else {
                isComplete = false
                continue
            }
            if !found.insert(item).inserted {
                reading.report("this comes twice in the list", at: value.place, remedy: "write it once")
                isComplete = false
            }
        }
        return isComplete ? found : nil
    }
}

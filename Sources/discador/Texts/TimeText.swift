import CampaignCore
import CampaignStore
import Foundation
import Reports

/// Times as text: ISO 8601 with offset.
enum TimeText {
    /// In this machine's time zone.
    static func iso(_ moment: Timestamp) -> String { iso(moment, in: .current) }

    /// In the given time zone.
    static func iso(_ moment: Timestamp, in zone: TimeZone) -> String {
        moment.iso8601(utcOffset: zone.utcOffset(at: moment))
    }

    /// `15:42`, `tomorrow 15:42`, `2026-12-01 15:42`: the local time in `zone`, with its offset if people at this
    /// machine, whose zone is `local`, would mistake it for theirs.
    static func clock(
        _ moment: Timestamp, now: Timestamp, in zone: TimeZone, local: TimeZone = .current,
        language: Language = .english
    ) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (end, today) = (moment.date, calendar.startOfDay(for: now.date))
        let days = calendar.dateComponents([.day], from: today, to: calendar.startOfDay(for: end)).day ?? 0
        let iso = iso(moment, in: zone)
        let tomorrow = language.text("tomorrow ", "amanhã ")
        let day = days == 0 ? "" : days == 1 ? tomorrow : "\(language.reportWords.day(iso: iso.prefix(10))) "
        let isLocal = zone.utcOffset(at: moment) == local.utcOffset(at: moment)
        return day + iso.dropFirst(11).prefix(5) + (isLocal ? "" : " \(iso.dropFirst(19))")
    }
}

extension StoreReader {
    /// The clock on which times of these campaigns are told: that of their time zone, or this machine's where they have
    /// several.
    func clock(of campaigns: [String]) throws(StoreError) -> LocalClock {
        guard let first = campaigns.first else { return LocalClock.machine }
        let zone = try timeZone(of: first)
        for campaign in campaigns.dropFirst() where try timeZone(of: campaign) != zone { return LocalClock.machine }
        return LocalClock(zone)
    }
}

/// Times as people of one zone read them. The zone is named once, beside them.
struct LocalClock: Sendable {
    let zone: TimeZone
    /// Whether times are for machines: ISO 8601 with offset.
    private let isISO: Bool

    init(_ zone: TimeZone) {
        self.init(zone, isISO: false)
    }

    /// That of this machine.
    static let machine = LocalClock(.current)

    /// For texts in JSON.
    static let iso = LocalClock(.current, isISO: true)

    /// The same in the given zone.
    static func iso(in zone: TimeZone) -> LocalClock { LocalClock(zone, isISO: true) }

    private init(_ zone: TimeZone, isISO: Bool) {
        (self.zone, self.isISO) = (zone, isISO)
    }

    /// `2026-11-26 10:01:05`, `26/11/2026 10:01:05`.
    func text(_ moment: Timestamp, withSeconds: Bool = true) -> Phrase {
        let iso = TimeText.iso(moment, in: zone)
        guard !isISO else { return Phrase(verbatim: iso) }
        return Phrase { $0.reportWords.moment(iso: Substring(iso), withSeconds: withSeconds) }
    }

    /// `2026-11-26 10:01 (America/Sao_Paulo)`: a time that stands alone, with its zone.
    func alone(_ moment: Timestamp) -> Phrase {
        isISO ? text(moment) : text(moment, withSeconds: false) + Phrase(verbatim: " (\(zoneName))")
    }

    /// `times: America/Sao_Paulo`.
    var name: Phrase { Phrase("times: \(zoneName)", "horários: \(zoneName)") }

    /// The name of the zone; its offset where it has none.
    private var zoneName: String {
        let name = zone.identifier
        guard name.hasPrefix("GMT") || ["UTC", "Etc/UTC", "Etc/GMT"].contains(name) else { return name }
        let offset = TimeText.iso(.epoch, in: zone).dropFirst(19)
        return offset == "Z" ? "UTC" : "UTC\(offset)"
    }
}

extension TimeZone {
    /// The seconds that this zone is east of UTC at a moment.
    func utcOffset(at moment: Timestamp) -> Int { secondsFromGMT(for: moment.date) }
}

extension Timestamp {
    fileprivate var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

/// Durations as text, in whole seconds.
enum DurationText {
    /// `0s`, `42s`, `3m 05s`, `2h 10m`, `3d 04h`: time that has passed.
    static func elapsed(_ duration: Duration) -> String { text(seconds: max(duration.components.seconds, 0)) }

    /// The same for remaining time, rounded up: it is over when its last second is.
    static func left(_ duration: Duration) -> String {
        text(seconds: max((duration.millisecondsRoundedUp + 999) / 1000, 0))
    }

    /// A setting, in its largest whole unit: `7 days`, `3 hours`, `90 minutes`.
    static func plain(_ duration: Duration, in language: Language = .english) -> String {
        let seconds = Int(duration.components.seconds)
        let units: [(Int, Noun)] = [(86_400, .day), (3600, .hour), (60, .minute)]
        let (length, unit) = units.first { seconds >= $0.0 && seconds % $0.0 == 0 } ?? (1, .second)
        return language.counted(seconds / length, unit)
    }

    /// Hours and minutes, never in days: `66 h`, `42 h 30 min`.
    static func hours(_ duration: Duration) -> String {
        let minutes = duration.components.seconds / 60
        let parts = [(minutes / 60, "h"), (minutes % 60, "min")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.isEmpty ? "0 h" : parts.joined(separator: " ")
    }

    private static func text(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m \(padded(seconds % 60))s"
        case ..<86_400: "\(seconds / 3600)h \(padded(seconds / 60 % 60))m"
        default: "\(seconds / 86_400)d \(padded(seconds / 3600 % 24))h"
        }
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Noun {
    fileprivate static let day = Noun("day", portuguese: ("dia", "dias"))
    fileprivate static let hour = Noun("hour", portuguese: ("hora", "horas"))
    fileprivate static let minute = Noun("minute", portuguese: ("minuto", "minutos"))
    fileprivate static let second = Noun("second", portuguese: ("segundo", "segundos"))
}

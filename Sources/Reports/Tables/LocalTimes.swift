import CampaignCore
import Foundation

/// Moments as the clocks of a zone show them. It remembers the last quarter of an hour that it was asked about: rows
/// follow each other in time, and asking Foundation for every cell would take longer than writing it.
struct LocalTimes: Sendable {
    private static let quarter: Int64 = 900_000

    let zone: TimeZone
    private var lastQuarter = Int64.min
    private var lastOffset = 0

    init(_ zone: TimeZone) {
        self.zone = zone
    }

    /// Milliseconds since 1970-01-01 00:00 on the zone's clocks.
    mutating func milliseconds(of moment: Timestamp) -> Int64 {
        moment.milliseconds + Int64(offset(at: moment)) * 1000
    }

    /// As every report for programs writes a moment.
    mutating func text(of moment: Timestamp) -> String {
        moment.iso8601(utcOffset: offset(at: moment), withMilliseconds: true)
    }

    /// Writes the same after what is there.
    mutating func append(_ moment: Timestamp, to bytes: inout [UInt8]) {
        moment.append(toISO8601: &bytes, utcOffset: offset(at: moment), withMilliseconds: true)
    }

    /// As a spreadsheet in any country takes it for a day and a time of day: `2026-11-27 14:03:05`, in whole seconds.
    mutating func spreadsheetText(of moment: Timestamp) -> String {
        let text = moment.iso8601(utcOffset: offset(at: moment))
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }

    /// No zone has changed its offset within a quarter of an hour since 1972.
    private mutating func offset(at moment: Timestamp) -> Int {
        let (whole, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: Self.quarter)
        let quarter = rest < 0 ? whole - 1 : whole
        if quarter != lastQuarter {
            lastQuarter = quarter
            lastOffset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
        return lastOffset
    }
}

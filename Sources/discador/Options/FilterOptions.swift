import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// Selects contacts by an expression.
struct FilterOptions: ParsableArguments {
    /// The language of the expression, for the help of commands that accept one.
    static let help = """
        An expression compares fields with values: state = failed and (httpStatus = 422 or error ~ rejected). Fields: \
        state, reason, error, httpStatus, attempts, instance, phone, ddd, country, firstAttemptAt, lastAttemptAt, \
        delivery, deliveryError, answer, answeredAt, calledBackAt, repliedAt, and every column of the lists by its \
        name, in brackets unless it is a single word: [Nome do Cliente] = Ana. Comparisons: = != < <= > >=, ~ (contains), !~, in (11, 21); joined by and, or, not and parentheses. Put \
        values of several words in quotes. Times: 2026-11-25 or 2026-11-25T09:30, in the time zone of the campaign's window at its \
        last run, or this machine's where that has none. An unknown value equals only "".
        """

    @Option(name: .customLong("where"), help: "Only contacts for which this is true, such as “error ~ rejected”.")
    var expression: String?

    /// The filter of the expression; nil when none was given.
    func filter(
        _ reader: StoreReader, of campaign: String, numbers: NumberOptions
    ) throws -> ContactFilter? {
        guard let expression else { return nil }
        let zone = try reader.timeZone(of: campaign)
        let reading = FilterContext(
            columns: try reader.ownColumns(campaign: campaign), phones: try numbers.reader(),
            utcOffset: { zone.utcOffset(at: $0) })
        do throws(FilterError) {
            return try ContactFilter(parsing: expression, reading)
        } catch {
            throw Failure(.usage, "--where, \(error)")
        }
    }
}

extension StoreReader {
    /// The time zone of a campaign's days: that of its window at its last run. Where each contact has their own, or nothing
    /// has been dialed, it is the machine's.
    func timeZone(of campaign: String) throws(StoreError) -> TimeZone {
        let name = try lastRun(campaign: campaign)?.timeZone
        return name.flatMap { TimeZone(identifier: $0) } ?? .current
    }
}

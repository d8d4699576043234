import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// Selects contacts by an expression.
struct FilterOptions: ParsableArguments {
    /// Where the language of the expression is described, for the help of commands that accept one.
    static let help = SystemEnvironment.language.text(
        "`discador help filters` says how an expression of --where is written.",
        "`discador help filters` explica como se escreve uma expressão de --where.")

    @Option(
        name: .customLong("where"),
        help: .text(
            "Only contacts for which this is true, such as “error ~ rejected”.",
            "Só os contatos para os quais isto é verdade, como “error ~ rejected”.", valueName: "expression"))
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
            throw Failure(.usage, Phrase(verbatim: "--where, ") + Phrase(of: error))
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

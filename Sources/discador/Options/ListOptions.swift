import ArgumentParser
package import CampaignCore

extension CSVDialect.Delimiter: ExpressibleByArgument {
    /// A sign, or its name.
    package init?(argument: String) { self.init(named: argument) }

    /// What a person would type.
    package static var allValueStrings: [String] { choices }
}

extension CSVDialect.Encoding: ExpressibleByArgument {
    /// A usual name.
    package init?(argument: String) { self.init(named: argument) }

    /// What a person would type.
    package static var allValueStrings: [String] { choices }
}

/// How lists are read.
struct ListOptions: ParsableArguments {
    @Option(help: "What separates the cells, as a word or the sign itself. [default: found by itself]")
    var delimiter: CSVDialect.Delimiter?

    @Option(help: "What the text is written in. [default: found by itself]")
    var encoding: CSVDialect.Encoding?

    @Option(
        help: """
            Which column is what: phone=…,name=…,callDuration=…,ddd=…,ddi=…, by name or by number from 1; ddi=none is \
            no such column. \
            [default: found by the header]
            """)
    var columns: String?

    @Flag(help: "The first row is a contact already: the list has no names of columns.")
    var noHeader = false

    @Option(
        help: ArgumentHelp(
            "Leave out so many lines at the top, such as a title above the names of the columns.", valueName: "lines"))
    var skipLines = 0

    @Flag(help: "A cell with two numbers is two contacts; else it is rejected.")
    var split = false

    @Flag(help: "Reject fixed lines, where the numbering plan tells them from mobile ones.")
    var mobileOnly = false

    func validate() throws {
        guard 0...1_000_000 ~= skipLines else { throw ValidationError("--skip-lines is a number of lines from 0 on.") }
    }

    /// These options on top of what the campaign file says.
    func applied(to reading: ListReader.Options) throws -> ListReader.Options {
        var reading = reading
        if let columns {
            do {
                reading.columns = reading.columns.merging(try ColumnNames(parsing: columns))
            } catch {
                throw Failure(.usage, "--columns: \(error)")
            }
        }
        reading.delimiter = delimiter
        reading.encoding = encoding
        reading.hasHeader = !noHeader
        reading.skipLines = skipLines
        reading.splitsCells = split
        reading.allowsLandlines = !mobileOnly
        return reading
    }
}

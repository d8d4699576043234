import ArgumentParser
package import CampaignCore

extension CSVDialect.Delimiter: ExpressibleByArgument {
    /// Accepts a character or its name.
    package init?(argument: String) { self.init(named: argument) }

    package static var allValueStrings: [String] { choices }
}

extension CSVDialect.Encoding: ExpressibleByArgument {
    /// Accepts a common name of the encoding.
    package init?(argument: String) { self.init(named: argument) }

    package static var allValueStrings: [String] { choices }
}

extension ListReader.HiddenCells: ExpressibleByArgument {}

/// How lists are read.
struct ListOptions: ParsableArguments {
    @Option(help: "What separates the cells: a word or the character itself. [default: detected automatically]")
    var delimiter: CSVDialect.Delimiter?

    @Option(help: "The encoding of the text. [default: detected automatically, except CP850 and MacRoman]")
    var encoding: CSVDialect.Encoding?

    @Option(
        help: """
            Which column holds what: phone=…,name=…,callDuration=…,callAudioUrl=…,notBefore=…,ddd=…,ddi=…, by name or \
            by number from 1. phone=…,phone=… are several phones of one person: the first that can be called is called, \
            mobile before fixed. ddi=none if there is no such column. [default: detected from the header]
            """)
    var columns: String?

    @Option(help: "The sheet of a workbook, by name or by number from 1. [default: the only visible one with rows]")
    var sheet: String?

    @Option(
        help: """
            Leave hidden or filtered rows, and hidden columns, of a workbook out, or take them. [default: refuse a sheet \
            that has any]
            """)
    var hidden: ListReader.HiddenCells?

    @Flag(help: "The first row is a contact: the list has no header.")
    var noHeader = false

    @Option(
        help: ArgumentHelp(
            "Skip this many lines at the top, such as a title above the header.", valueName: "lines"))
    var skipLines = 0

    @Flag(
        help: """
            A cell with two numbers becomes two contacts, or with several phone columns one contact with both; without \
            this it is rejected.
            """)
    var split = false

    @Flag(help: "Reject landlines, where the numbering plan distinguishes them from mobile numbers.")
    var mobileOnly = false

    func validate() throws {
        guard 0...1_000_000 ~= skipLines else {
            throw ValidationError("--skip-lines takes a number of lines from 0 to 1000000.")
        }
    }

    /// Applies these options to those of the campaign file.
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
        reading.sheet = sheet
        reading.hidden = hidden
        reading.hasHeader = !noHeader
        reading.skipLines = skipLines
        reading.splitsCells = split
        reading.allowsLandlines = !mobileOnly
        return reading
    }
}

import CampaignCore

/// A list of numbers, read as an import would read it.
struct NumberList {
    let file: ListFile
    private var reading: ListReader.Options

    init(file: ListFile, reading: ListReader.Options) {
        self.file = file
        self.reading = reading
        self.reading.takesEveryPhone = true
    }

    /// Passes each number to `body`, in the order of the file, with the names of the columns; rows without a number are
    /// noted as bad.
    ///
    /// - Returns: why no row could be used; nil when there was at least one number.
    @discardableResult
    func forEachNumber(
        _ bad: BadRowCount, _ body: (_ contact: ListContact, _ columns: [String]) throws -> Void
    ) throws -> UnusableList? {
        var unusable: UnusableList? = UnusableList(file: file.name)
        var feed = try ListFeed(file, ByteSource(file), reading)
        var hasBegun = false
        while let row = try feed.next() {
            if !hasBegun, let skipped = feed.list.skipped { bad.note(skipped, of: file.name) }
            hasBegun = true
            switch row {
            case .contact(let contact):
                unusable = nil
                try body(contact, feed.list.columns)
            case .reject(let reject):
                unusable?.reasons[reject.reason, default: 0] += 1
                bad.note(reject, of: file.name)
            case .blank: unusable?.hasBlankRows = true
            }
        }
        return unusable
    }
}

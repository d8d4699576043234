import CampaignCore
import CampaignStore

/// A part of a list on its way into the database.
enum ListPart: Sendable {
    /// The beginning of a list. An export of rejected rows has columns that this program added.
    case columns([String], isExport: Bool, skipped: SkippedLines?)
    case rows(PreparedRows)
    case end(ListFingerprint, ListFindings?)
}

/// Reads a list and prepares its rows, on a thread of its own.
struct ListProducer: Sendable {
    /// Rows passed to the consumer together.
    private static let batchSize = 4096
    /// Fewer where rows are so wide that they take more memory than this: a small workbook may have thousands of rows with
    /// a cell in its last column.
    private static let batchBytes = 4 << 20

    let file: ListFile
    let reading: ListReader.Options
    let bad: BadRowCount
    let progress: ImportProgress?
    let sample: ListSample?

    /// Reads `source` to its end and puts everything into `queue`, until the consumer wants no more.
    func produce(_ source: ByteSource, for queue: BoundedQueue<ListPart>) throws {
        var feed = try ListFeed(file, source, reading)
        progress?.begin(file.name, size: feed.size)
        let clock = NotBeforeClock(country: reading.country)
        let empty = PreparedRows { clock.moment(of: $0, $1) }
        var rows = empty
        var count = 0
        var hasBegun = false
        var firstRejects: [ListReject] = []
        while let row = try feed.next() {
            if !hasBegun {
                guard begin(feed.list, queue) else { return }
                hasBegun = true
            }
            sample?.note(row)
            if case .reject(let reject) = row {
                bad.note(reject, of: file.name)
                if firstRejects.count < ListFindings.rejectsShown {
                    firstRejects.append(ShownCells.withoutCells(reject))
                }
            }
            rows.append(row)
            guard rows.count >= Self.batchSize || rows.bytes >= Self.batchBytes else { continue }
            count += rows.count
            progress?.note(rows: count, bytes: feed.bytes)
            guard queue.put(.rows(rows)) else { return }
            rows = empty
        }
        guard hasBegun || begin(feed.list, queue) else { return }
        for _ in 0..<feed.list.blankLines { rows.append(.blank) }
        progress?.endReading(rows: count + rows.count)
        let findings = ListFindings(feed.list, rejects: firstRejects, hiddenRows: feed.hiddenRows)
        _ = queue.put(.rows(rows)) && queue.put(.end(feed.fingerprint, findings))
    }

    private func begin(_ list: ListReader, _ queue: BoundedQueue<ListPart>) -> Bool {
        if let format = list.format { sample?.begin(file.name, format: format) }
        if let skipped = list.skipped { bad.note(skipped, of: file.name) }
        let isExport = list.format?.columns.contains { !$0.isKept } ?? false
        return queue.put(.columns(list.columns, isExport: isExport, skipped: list.skipped))
    }
}

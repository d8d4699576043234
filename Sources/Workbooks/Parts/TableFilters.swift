/// The tables of a sheet (ECMA-376 part 1, 18.5.1.2): each may have a filter of its own, in a part of its own.
final class TableFilters: XMLHandler {
    /// Those with a condition.
    private(set) var filters: [RowFilter] = []
    /// The relationships of the sheet that lead to tables; nil when it was not looked for them.
    let relationships: Set<String>?
    /// Elements that have begun and not ended, but for those of a filter and those that merely wrap alternatives.
    private var depth = 0
    private var alternatives = 0
    private var filter: RowFilter?

    /// For a sheet whose tables do not matter.
    override init() {
        relationships = nil
        super.init()
    }

    /// - Parameter sheet: the name of its part.
    init(of sheet: String, in archive: Archive) throws(WorkbookError) {
        let tables = try Relationships(of: sheet, in: archive).targets.filter { $0.value.type == "table" }
        relationships = Set(tables.keys)
        super.init()
        // Once each, however many relationships lead to it.
        let parts = Set(tables.values.map(\.part))
        guard parts.count <= archive.limits.tables else { throw .limit(.tables(limit: archive.limits.tables)) }
        let limit = archive.limits.tableBytes
        var rest = limit
        for part in parts.sorted() {
            (depth, alternatives, filter) = (0, 0, nil)
            let stream = try archive.stream(part, limit: rest, exceeded: .tableBytes(limit: limit))
            let reader = try XMLReader(stream: stream, handler: self, limits: archive.limits)
            while try reader.advance() {}
            rest -= stream.count
        }
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if filter != nil {
            filter?.start(name, attributes)
        } else if depth == 1, name == "autoFilter" {
            filter = RowFilter(attributes)
        } else if depth == 1, name.isAlternative {
            alternatives += 1
        } else {
            depth += 1
        }
    }

    override func end() {
        if filter != nil {
            guard filter?.end() == true else { return }
            if let ended = filter, ended.hasCondition { filters.append(ended) }
            filter = nil
        } else if depth == 1, alternatives > 0 {
            alternatives -= 1
        } else {
            depth -= 1
        }
    }
}

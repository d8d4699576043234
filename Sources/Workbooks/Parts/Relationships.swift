/// What one part refers to (ECMA-376 part 2, 6.5).
final class Relationships: XMLHandler {
    struct Target {
        /// The last word of the type, which is the same in the strict and the transitional form, such as `worksheet`.
        var type: String
        /// The name of a part.
        var part: String
    }

    private let source: String
    private let limit: Int
    /// By the relationship's id.
    private(set) var targets: [String: Target] = [:]

    /// Reads the relationships of a part; there are none if the part for them is missing.
    ///
    /// - Parameter source: the name of the part; empty for the package itself.
    init(of source: String, in archive: Archive) throws(WorkbookError) {
        self.source = source
        limit = archive.limits.relationships
        super.init()
        let part = PartPath.relationships(of: source)
        guard archive.contains(part) else { return }
        try XMLReader.read(part, of: archive, limit: archive.limits.otherPartBytes, into: self)
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "Relationship", attributes.string("TargetMode") != "External",
            let id = attributes.string("Id"), let type = attributes.string("Type"),
            let target = attributes.string("Target")
        else { return }
        guard targets.count < limit else { return fail(.limit(.relationships(part: source, limit: limit))) }
        let word = type.split(separator: "/").last.map(String.init) ?? type
        targets[id] = Target(type: word, part: PartPath.resolve(target, from: source))
    }

    /// The part of the only relationship of a type, or of the first by id.
    func part(ofType type: String) -> String? {
        targets.filter { $0.value.type == type }.min { $0.key < $1.key }?.value.part
    }
}

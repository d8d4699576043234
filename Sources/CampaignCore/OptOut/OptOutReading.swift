/// What a reply says about being called again, and why it was read so.
package struct OptOutReading: Sendable, Equatable {
    /// How sure it is that somebody asks not to be called.
    package enum Level: String, Sendable, CaseIterable, Comparable {
        /// Nothing in it asks for that.
        case none
        /// It may be meant so: the person is not called until somebody has decided.
        case review
        /// It is meant so: the person is blocked at once.
        case optOut = "opt_out"

        private var rank: Int {
            switch self {
            case .none: 0
            case .review: 1
            case .optOut: 2
            }
        }

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
    }

    package var level: Level
    /// What matched, for people: `word “sair”`, `phrase “não me ligue mais”`.
    package var rule: String

    package init(level: Level, rule: String) {
        self.level = level
        self.rule = rule
    }
}

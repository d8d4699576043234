/// How a run of a campaign differs from a plain one.
package struct RunOptions: Hashable, Sendable {
    /// Whether it waits while nobody may be called now: until the window opens, or another day brings new calls.
    package var waits: Bool
    /// How many calls are made first, and judged before the others; nil is none.
    package var canary: Int?

    /// The share of failures that is too much among the first calls, in percent, where the campaign has no brake.
    static let canaryFailuresPercent = 20

    /// Options; a plain run waits and makes no difference between its calls.
    package init(waits: Bool = true, canary: Int? = nil) {
        self.waits = waits
        self.canary = canary
    }
}

/// A moment that no clock setting touches: how long the machine has been up, in which of its lives.
package struct Uptime: Hashable, Sendable {
    /// A word that is another one each time the machine starts, such as Linux's `boot_id`.
    package var boot: String
    /// The time since it started, with the time that it slept.
    package var duration: Duration

    /// A moment in a life of the machine.
    package init(boot: String, duration: Duration) {
        self.boot = boot
        self.duration = duration
    }

    /// The moment that lies `duration` later.
    package func advanced(by duration: Duration) -> Uptime {
        Uptime(boot: boot, duration: self.duration + duration)
    }
}

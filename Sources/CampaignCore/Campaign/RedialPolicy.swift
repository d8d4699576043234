/// When somebody is called again although the call went through: `redial: {notAnswered: {attempts: 2, after: 3h}}`.
///
/// Only webhooks tell that a call was not answered; without them nobody is redialed.
package struct RedialPolicy: Hashable, Sendable {
    /// Further calls to somebody who did not answer, 1…10; the first call is not one of them.
    package var attempts: Int
    /// How long after a call that was not answered the next one is due, 1 min…7 days.
    package var after: Duration

    /// Up to `attempts` further calls, each at least `after` the one before.
    package init(attempts: Int, after: Duration) {
        self.attempts = attempts
        self.after = after
    }
}

import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// The control socket of a database as systemd hands it to a service (sd_listen_fds(3), systemd.socket(5)): it listens
/// there before the service starts, and goes on when it has ended, so that the next client starts it again.
///
/// Its unit needs `ListenStream=` with the path of the control socket, and `SocketMode=0600` with `SocketUser=`, so that
/// other users cannot connect. Whoever connects nevertheless is refused, as on a socket of our own.
struct InheritedSocket: Sendable {
    /// The descriptor of the first socket that is handed over.
    private static let first: Int32 = 3
    private static let variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]
    /// The name of the control socket, where several are handed over.
    private static let name = "control"

    let descriptor: Int32
    /// What the user should change; nil when all is well.
    let warning: Phrase?
    /// Where clients look for it.
    private let path: String

    /// The socket that this process was given for a database; nil when it was not given any. Call it once, before other
    /// processes are started: they must not take it for theirs.
    static func take(forDatabase path: String) throws(Failure) -> InheritedSocket? {
        let environment = SystemEnvironment.environment
        for variable in variables { unsetenv(variable) }
        let names = try names(in: environment, of: getpid())
        for descriptor in first..<(first + Int32(names.count)) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        guard !names.isEmpty else { return nil }
        let expected = ControlServer.socketPath(ofDatabase: path)
        guard let place = names.firstIndex(of: name) ?? (names.count == 1 ? 0 : nil) else {
            throw Failure(
                .usage,
                Phrase(
                    "systemd hands over \(names.count) sockets, and none is named “\(name)”: write "
                        + "`FileDescriptorName=\(name)` into the unit of the one with `ListenStream=\(expected)`.",
                    "o systemd entrega \(names.count) sockets, e nenhum se chama “\(name)”: escreva "
                        + "`FileDescriptorName=\(name)` na unidade do que tem `ListenStream=\(expected)`."))
        }
        let descriptor = first + Int32(place)
        guard isSocket(expected) else {
            if let defect = kindDefect(of: descriptor, at: expected) { throw failure(defect, expected) }
            return InheritedSocket(unreachable: descriptor, path: expected)
        }
        return try InheritedSocket(descriptor: descriptor, forDatabase: path)
    }

    /// The names of the sockets that the environment says were handed to a process, in order; a socket without a name
    /// has an empty one.
    static func names(in environment: [String: String], of process: pid_t) throws(Failure) -> [String] {
        // Another process's: the variables were inherited by accident.
        guard environment["LISTEN_PID"] == "\(process)", let sockets = environment["LISTEN_FDS"] else { return [] }
        guard let count = Int(sockets), (0...1000).contains(count) else {
            throw Failure(
                .usage,
                Phrase(
                    "LISTEN_FDS is “\(sockets)”, which is not a number of sockets: it is set by systemd.",
                    "LISTEN_FDS é “\(sockets)”, que não é um número de sockets: quem o define é o systemd."))
        }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        return (0..<count).map { $0 < names.count ? String(names[$0]) : "" }
    }

    /// - Parameter descriptor: is closed when this process ends.
    init(descriptor: Int32, forDatabase path: String) throws(Failure) {
        self.descriptor = descriptor
        let expected = ControlServer.socketPath(ofDatabase: path)
        if let defect = Self.defect(of: descriptor, at: expected) {
            throw Self.failure(defect, expected)
        }
        self.path = expected
        warning = Self.warning(about: expected)
    }

    private static func failure(_ defect: Phrase, _ expected: String) -> Failure {
        let need = Phrase(
            ": the socket's unit needs `ListenStream=\(expected)`",
            ": a unidade do socket precisa de `ListenStream=\(expected)`")
        let end =
            UnixSocket.canName(expected)
            ? Phrase(verbatim: ".")
            : Phrase(
                ", which is too long for systemd: give the database a shorter path.",
                ", que é longo demais para o systemd: dê ao banco de dados um caminho mais curto.")
        return Failure(
            .usage,
            Phrase("The socket that systemd hands over ", "O socket que o systemd entrega ") + defect + need + end)
    }

    /// A socket that is not at its path any more.
    private init(unreachable descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
        warning = nil
    }

    /// Why commands do not find it, and what to do; nil when they do. Ask only while this process holds the database: then
    /// nobody else listens there.
    ///
    /// A `run` that dialed while the service was stopped has put a socket of its own in its place.
    func whyNotFound() -> Phrase? {
        if let connection = try? UnixSocket.connect(to: path) {
            close(connection)
            return nil
        }
        return Phrase(
            "another process dialed while the service was stopped, and systemd's socket at \(path) is gone: this service "
                + "listens on one of its own. `systemctl restart` of the socket's unit and of this one brings it back.",
            "outro processo discou enquanto o serviço estava parado, e o socket do systemd em \(path) não existe mais: este "
                + "serviço escuta num próprio. `systemctl restart` da unidade do socket e da deste serviço o traz de volta."
        )
    }

    /// Another descriptor of the socket, for a server that closes it.
    func duplicate() throws(Failure) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else {
            let detail = String(cString: strerror(errno))
            throw Failure(
                .unexpected,
                Phrase(
                    "The inherited socket cannot be used (\(detail)).",
                    "O socket herdado não pode ser usado (\(detail))."))
        }
        return copy
    }

    /// Why a descriptor is not a socket that listens at `expected`, as the end of a sentence; nil when it is.
    private static func defect(of descriptor: Int32, at expected: String) -> Phrase? {
        if let defect = kindDefect(of: descriptor, at: expected) { return defect }
        return isSocket(expected)
            ? nil
            : Phrase(
                "listens at a path that no longer exists, so that no command finds it",
                "escuta num caminho que não existe mais, e por isso nenhum comando o encontra")
    }

    /// The same, whatever is at `expected` now.
    private static func kindDefect(of descriptor: Int32, at expected: String) -> Phrase? {
        guard let domain = option(SO_DOMAIN, of: descriptor) else {
            return Phrase("is not a socket", "não é um socket")
        }
        guard domain == AF_UNIX else { return Phrase("is not a Unix socket", "não é um socket Unix") }
        guard option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue) else {
            return Phrase("is not a stream socket", "não é um socket do tipo stream")
        }
        guard option(SO_ACCEPTCONN, of: descriptor) == 1 else { return Phrase("does not listen", "não escuta") }
        guard let path = UnixSocket.path(of: descriptor) else { return Phrase("has no path", "não tem caminho") }
        // The same folder and file, however they are written.
        return DatabaseFiles(path: path).database == expected ? nil : Phrase("is \(path)", "é \(path)")
    }

    private static func isSocket(_ path: String) -> Bool {
        FileStatus(ofLinkItself: path)?.kind == S_IFSOCK
    }

    private static func warning(about path: String) -> Phrase? {
        guard let status = FileStatus(ofLinkItself: path) else { return nil }
        if status.rights & 0o077 != 0 {
            return Phrase(
                "other users may reach \(path): write `SocketMode=0600` into the socket's unit. They are refused "
                    + "nevertheless.",
                "outros usuários podem alcançar \(path): escreva `SocketMode=0600` na unidade do socket. Mesmo assim eles "
                    + "são recusados.")
        }
        if status.owner != geteuid(), geteuid() != 0 {
            let user = SystemEnvironment.user()
            return Phrase(
                "\(path) belongs to another user (uid \(status.owner)), so commands of \(user) cannot reach it: write "
                    + "`SocketUser=` into the socket's unit.",
                "\(path) é de outro usuário (uid \(status.owner)), e por isso os comandos de \(user) não o alcançam: "
                    + "escreva `SocketUser=` na unidade do socket.")
        }
        return nil
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
}

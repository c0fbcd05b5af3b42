import Testing

@testable import Friends

@Suite struct PostgreSQLURLTests {
    @Test func whatIsShownHasNoSecret() throws {
        let url = try PostgreSQLURL(
            "postgres://nearby:geheim@db.example:5433/people?sslmode=verify-full&sslpassword=auch")
        #expect(url.description == "postgres://nearby@db.example:5433/people")
        var dumped = ""
        dump(url, to: &dumped)
        for text in ["\(url)", url.debugDescription, String(reflecting: url), dumped] {
            #expect(!text.contains("geheim") && !text.contains("auch"))
        }
        #expect(url.options["sslmode"] == "verify-full")
    }

    @Test(arguments: [
        "postgres://u:pw@/db", "postgres://u:pw@localhost/db", "postgres://u:pw@LocalHost,127.8.9.10/db",
        "postgres://u:pw@[::1]/db", "postgres://u:pw@/db?host=/run/postgresql", "postgres://u:pw@/db?host=@abstract",
        "postgres://u:pw@/db?host=,localhost", "postgres://u:pw@db.example/db?hostaddr=127.0.0.1",
        "postgres://u:pw@/db?host=db,localhost&hostaddr=::1,",
        "postgres://u:pw@db.example/db?sslmode=verify-ca", "postgres://u:pw@db.example/db?sslmode=verify-full",
    ])
    func whatStaysHereOrIsVerifiedIsProtected(text: String) throws {
        #expect(try PostgreSQLURL(text).isProtected(defaults: ["sslmode": "prefer"]))
    }

    @Test(arguments: [
        "postgres://u:pw@db.example/db", "postgres://u:pw@127.db.example/db", "postgres://u:pw@127.0.0.1.example/db",
        "postgres://u:pw@1.127.0.0/db", "postgres://u:pw@[::2]/db", "postgres://u:pw@localhost,db/db",
        "postgres://u:pw@/db?host=db,localhost&hostaddr=,127.0.0.1", "postgres://u:pw@localhost/db?hostaddr=192.0.2.1",
        "postgres://u:pw@/db?host=localhost&hostaddr=127.0.0.1,192.0.2.1", "postgres://u:pw@db/db?sslmode=require",
        "postgres://u:pw@db.example/db?sslmode=", "postgres://u:pw@localhost.example/db",
    ])
    func whatLeavesUnverifiedIsNotProtected(text: String) throws {
        #expect(try !PostgreSQLURL(text).isProtected(defaults: ["sslmode": "prefer"]))
    }

    /// What the environment says counts where the URL says nothing.
    @Test func whatIsMissingComesFromTheEnvironment() throws {
        let url = try PostgreSQLURL("postgres://u:pw@/db")
        #expect(!url.isProtected(defaults: ["host": "db.example"]))
        #expect(!url.isProtected(defaults: ["hostaddr": "192.0.2.1"]))
        #expect(url.isProtected(defaults: ["host": "db.example", "sslmode": "verify-full"]))
        #expect(try !PostgreSQLURL("postgres://u:pw@/db?host=").isProtected(defaults: ["host": "db.example"]))
        let here = try PostgreSQLURL("postgres://u:pw@localhost/db?sslmode=disable")
        #expect(here.isProtected(defaults: ["sslmode": "verify-full"]))
        #expect(!here.isProtected(defaults: ["hostaddr": "192.0.2.1"]))
    }

    @Test(arguments: [
        "", "mysql://x", "postgres://u:geheim@/db?service=elsewhere", "host=x password=geheim",
        "postgres://x:geheim@[h/x", "postgres://x?geheim=1",
    ])
    func anythingElseIsRefusedAndNotRepeated(text: String) async {
        let error = #expect(throws: StoreError.self) { try PostgreSQLURL(text) }
        #expect(error?.code == .invalid && error?.context.contains("geheim") == false)
    }

    @Test func theURLOverridesOurDefaults() throws {
        let url = try PostgreSQLURL("postgresql://h/x?application_name=mine&options=-c%20statement_timeout%3D9")
        #expect(url.defaulting("application_name", to: "nearby").options["application_name"] == "mine")
        let both = url.prefixing(serverOptions: "-c statement_timeout=5").options["options"]
        #expect(both == "-c statement_timeout=5 -c statement_timeout=9")
    }
}

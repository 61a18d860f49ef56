//! What Kubernetes' function libraries say of many values, and rules that are made to take forever.

use schemas::Schema;
use serde_json::{Value, json};

use super::{Before, Failure, Program};
use crate::pattern::Patterns;

fn outcome(rule: &str, value: &Value) -> Result<bool, Failure> {
    let program = Program::parse(rule).map_err(|error| Failure::new(error.to_string()))?;
    let schema = Schema::default();
    program.holds(value, &schema, Before::Nothing, &Patterns::default())
}

/// Every rule holds.
#[track_caller]
fn hold(rules: &[&str]) {
    for rule in rules {
        assert_eq!(outcome(rule, &json!({})), Ok(true), "{rule}");
    }
}

/// Every rule fails: it is neither true nor false.
#[track_caller]
fn fail(rules: &[&str]) {
    for rule in rules {
        let outcome = outcome(rule, &json!({}));
        assert!(outcome.is_err(), "{rule}: {outcome:?}");
    }
}

#[test]
fn addresses() {
    hold(&[
        "isIP('127.0.0.1') && isIP('::1') && !isIP('127.0.0.256') && !isIP(':::1') && !isIP('010.0.0.1')",
        "!isIP('::ffff:1.2.3.4') && !isIP('fe80::1%eth0')",
        "ip.isCanonical('127.0.0.1') && ip.isCanonical('2001:db8::abcd')",
        "!ip.isCanonical('2001:DB8::ABCD') && !ip.isCanonical('2001:db8::0:0:0:abcd')",
        "ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified() && !ip('127.0.0.1').isUnspecified()",
        "ip('127.0.0.1').isLoopback() && ip('::1').isLoopback() && !ip('192.168.0.1').isLoopback()",
        "ip('224.0.0.1').isLinkLocalMulticast() && !ip('224.0.1.1').isLinkLocalMulticast()",
        "ip('ff02::1').isLinkLocalMulticast() && !ip('fd00::1').isLinkLocalMulticast()",
        "ip('169.254.169.254').isLinkLocalUnicast() && !ip('192.168.0.1').isLinkLocalUnicast()",
        "ip('fe80::1').isLinkLocalUnicast() && !ip('fd80::1').isLinkLocalUnicast()",
        "ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
        "ip('2001:db8::abcd').isGlobalUnicast() && !ip('ff00::1').isGlobalUnicast()",
        "ip('127.0.0.1') == ip('127.0.0.1') && string(ip('::1')) == '::1'",
        "isCIDR('192.168.0.0/16') && isCIDR('::1/128') && !isCIDR('192.168.0.0/33') && !isCIDR('::1/129')",
        "cidr('192.168.0.0/24').containsIP(ip('192.168.0.1')) && !cidr('192.168.0.0/24').containsIP('192.168.1.1')",
        "cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24')) && !cidr('192.168.1.0/24').containsCIDR('192.168.2.0/24')",
        "cidr('192.168.0.1/24').ip() == ip('192.168.0.1') && cidr('::1/128').prefixLength() == 128",
        "cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24') && cidr('192.168.0.1/24') != cidr('192.168.0.0/24')",
    ]);
    fail(&[
        "ip('a').isLoopback()",
        "cidr('10.0.0.0').prefixLength() == 8",
        "ip.isCanonical('a')",
    ]);
}

#[test]
fn quantities_and_versions() {
    hold(&[
        "isQuantity('1.3G') && isQuantity('1.3Gi') && isQuantity('10000k') && !isQuantity('1,3G') && !isQuantity('200K') && !isQuantity('Mi')",
        "quantity('50k').isInteger() && quantity('50k').asInteger() == 50000 && !quantity('9999999999999999999999999999999999999G').isInteger()",
        "quantity('50k').sub(20000).asApproximateFloat() == 30000.0",
        "quantity('50k').add(20) == quantity('50020') && quantity('50k').sub(quantity('20k')) == quantity('30k')",
        "quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')",
        "quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('50M').compareTo(quantity('50Mi')) == -1",
        "quantity('150Mi').isGreaterThan(quantity('100Mi')) && quantity('-1').sign() == -1",
        "isSemver('1.0.0') && !isSemver('hello') && !isSemver('v1.0') && isSemver('v1.0', true)",
        "semver('1.0', true) == semver('1.0.0') && semver('01.01.01', true) == semver('1.1.1')",
        "semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() == 3",
        "semver('1.0.0-alpha').isLessThan(semver('1.0.0')) && semver('1.2.3').compareTo(semver('0.1.2')) == 1",
    ]);
    fail(&[
        "quantity('200K').sign() == 1",
        "quantity('500m').asInteger() == 0",
        "semver('1.0') == semver('1.0.0')",
    ]);
}

#[test]
fn urls() {
    hold(&[
        "isURL('https://user:pass@example.com:80/path?query=val#fragment') && isURL('/absolute-path')",
        "!isURL('https://a:b:c/') && !isURL('../relative-path')",
        "url('/path').getScheme() == '' && url('https://example.com:80/').getHost() == 'example.com:80'",
        "url('https://[::1]:80/').getHost() == '[::1]:80' && url('https://[::1]:80/').getHostname() == '::1'",
        "url('https://example.com:80/').getPort() == '80' && url('/path').getPort() == ''",
        "url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'",
        "url('https://example.com').getEscapedPath() == ''",
        "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
        "url('https://example.com/path?').getQuery() == {}",
    ]);
    fail(&["url('https://a:b:c/').getPort() == ''"]);
}

#[test]
fn texts_and_expressions() {
    hold(&[
        "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('x') == '' && '123 abc 456'.findAll('[0-9]+') == ['123', '456']",
        "'123 abc 456'.findAll('[0-9]+', 1) == ['123'] && '123'.findAll('[0-9]', 0) == []",
        "'hello mellow'.indexOf('') == 0 && 'hello mellow'.indexOf('ello', 2) == 7 && 'hello mellow'.indexOf('jello') == -1",
        "'hello mellow'.lastIndexOf('') == 12 && 'hello mellow'.lastIndexOf('ello', 6) == 1",
        "'hello hello'.replace('he', 'we', 1) == 'wello hello' && 'hello hello'.replace('he', 'we', 0) == 'hello hello' && 'ab'.replace('', '_') == '_a_b_'",
        "'a b c'.split(' ', 2) == ['a', 'b c'] && 'a b'.split(' ', 0) == [] && 'a b'.split(' ', -1) == ['a', 'b'] && 'ab'.split('') == ['a', 'b']",
        "'tacocat'.substring(4) == 'cat' && 'tacocat'.charAt(3) == 'o' && 'tacocat'.charAt(7) == ''",
        "'TacoCÆt Xii'.lowerAscii() == 'tacocÆt xii' && 'TacoCÆt'.upperAscii() == 'TACOCÆT' && size('CÆt') == 3",
        "strings.quote('a\"b\\n') == '\"a\\\\\"b\\\\n\"'",
        "'%s %d %.2f %x %b %%'.format(['a', 5, 1.5, 255, 5]) == 'a 5 1.50 ff 101 %'",
        "format.named('dns1123Label').hasValue() && !format.named('other').hasValue()",
        "!format.dns1123Subdomain().validate('a.b').hasValue() && format.dns1035Label().validate('1a').hasValue()",
        "format.labelValue().validate('-a').hasValue() && !format.qualifiedName().validate('a.b/c').hasValue()",
    ]);
    fail(&[
        "'tacocat'.charAt(30) == ''",
        "'tacocat'.substring(40) == ''",
        "'a'.indexOf('a', 9) == 0",
        "'a'.matches('(')",
        "'%d'.format(['a']) == ''",
    ]);
}

#[test]
fn lists_and_comprehensions_of_two_variables() {
    hold(&[
        "[1, 2, 2, 3, 3].distinct() == [1, 2, 3] && ['b', 'b', 'c', 'a', 'c'].distinct() == ['b', 'c', 'a']",
        "lists.range(5) == [0, 1, 2, 3, 4] && lists.range(0) == []",
        "[5, 3, 1, 2].reverse() == [2, 1, 3, 5] && [1, 2, 3, 4].slice(1, 3) == [2, 3]",
        "[[1, 2], [3]].flatten() == [1, 2, 3] && [[1, [2, [3]]]].flatten(2) == [1, 2, [3]]",
        "[3, 2, 1].sort() == [1, 2, 3] && ['b', 'c', 'a'].sort() == ['a', 'b', 'c'] && [3, 1, 2].sortBy(e, -e) == [3, 2, 1]",
        "[1, 2, 2, 3].indexOf(2) == 1 && [1, 2, 2].lastIndexOf(2) == 2 && [1].indexOf(5) == -1 && [].isSorted() && [].sum() == 0",
        "{'a': 1, 'b': 2}.all(k, v, v > 0) && [4, 5].exists(i, v, i == 1 && v == 5) && [4, 5].existsOne(i, v, v == 5)",
        "[1, 2, 3].transformList(i, v, i > 0, v * 2) == [4, 6] && {'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
        "{'greeting': 'hello'}.transformMapEntry(k, v, {v: k}) == {'hello': 'greeting'}",
        "optional.of('a').optFlatMap(x, optional.of(x + 'b')).value() == 'ab' && !optional.none().optMap(x, x).hasValue()",
        "!optional.ofNonZeroValue('').hasValue() && {'a': {'b': 1}}.?a.?b.value() == 1 && !{'a': 1}.?b.hasValue()",
    ]);
    fail(&[
        "[1, 2].slice(0, 5) == []",
        "[1, 2].slice(-1, 1) == []",
        "[[1]].flatten(-1) == []",
        "[1, 'b'].sort() == []",
        "[].min() == 0",
        "[1, 2].transformMapEntry(i, v, {'same': v}) == {}",
    ]);
}

#[test]
fn a_rule_that_would_take_forever_is_given_up() {
    let many: Vec<u32> = (0..3_000).collect();
    let value = json!({"many": many, "long": "ab".repeat(50_000)});
    let doubled = (0..60).fold("'aa'".to_owned(), |text, _| {
        format!("{text}.replace('a', 'aa')")
    });
    let rules = [
        "self.many.all(a, self.many.all(b, self.many.all(c, a + b + c >= 0)))".to_owned(),
        "self.many.map(a, self.many.map(b, self.many)).size() > 0".to_owned(),
        "lists.range(9000000000000000000).size() > 0".to_owned(),
        "self.many.map(a, self.long.replace('a', self.long)).size() > 0".to_owned(),
        format!("{doubled} == ''"),
        "self.many.all(a, self.long.indexOf(self.long + 'x') == -1)".to_owned(),
        "self.many.all(a, !self.long.matches('(a|b)*(a|b)*(a|b)*c'))".to_owned(),
        "self.many.all(a, self.many.distinct().size() > 0)".to_owned(),
        "self.many.all(a, sets.contains(self.many, self.many))".to_owned(),
    ];
    for rule in rules {
        let outcome = outcome(&rule, &value);
        assert!(outcome.is_err_and(|failure| failure.is_undecided), "{rule}");
    }
}

#[test]
fn a_rule_whose_tree_would_be_too_high_is_refused() {
    let high = |link: &str| format!("self{}", link.repeat(100_000));
    for link in [".a", "[0]", " + 1", " && true", ".size()", " ? 1 : 1"] {
        assert!(outcome(&high(link), &json!({})).is_err(), "{link}");
    }
    // What nobody writes is given up before the stack is.
    let long = |count: usize| format!("1{} == {}", " + 1".repeat(count), count + 1);
    assert_eq!(outcome(&long(300), &json!({})), Ok(true));
    assert!(outcome(&long(1_400), &json!({})).is_err_and(|failure| failure.is_undecided));
}

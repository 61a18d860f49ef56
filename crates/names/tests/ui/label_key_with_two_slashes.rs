use names::label_key;

fn main() {
    let _ = label_key!("app.kubernetes.io/name/first");
}

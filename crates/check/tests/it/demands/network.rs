//! Services, ingresses, network policies and autoscalers.

use super::{Case, hold};

const CASES: &[Case] = &[
    Case {
        text: "
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30123
  loadBalancerClass: service.k8s.aws/nlb
  loadBalancerSourceRanges: [10.0.0.0/8]
  sessionAffinity: ClientIP
  sessionAffinityConfig: {clientIP: {timeoutSeconds: 100}}
  ipFamilies: [IPv4]
  trafficDistribution: PreferClose
  ports: [{name: http, port: 80, appProtocol: kubernetes.io/h2c}, {name: https, port: 443}]
",
        faults: &[
            ("healthCheckNodePort", "clusterIP: None\n  healthCheckNodePort", "API011"),
            ("clientIP: {timeoutSeconds: 100}", "clientIP: {timeoutSeconds: 0}", "API008"),
            ("kubernetes.io/h2c", "a/b/c", "API007"),
            ("service.k8s.aws/nlb", "a b", "API007"),
            ("[10.0.0.0/8]", "[10.0.0.0]", "API007"),
            ("[IPv4]", "[IPv4, IPv4]", "API011"),
            ("Affinity: ClientIP", "Affinity: None", "API011"),
            ("PreferClose", "''", "API005"),
            ("name: https", "name: http", "API011"),
            ("externalTrafficPolicy: Local", "externalTrafficPolicy: Cluster", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: Service
metadata: {name: inside, namespace: shop}
spec: {type: ClusterIP, ports: [{port: 80}]}
",
        faults: &[
            ("ports:", "externalTrafficPolicy: Cluster, ports:", "API011"),
            ("ports:", "allocateLoadBalancerNodePorts: true, ports:", "API011"),
            ("ports:", "clusterIP: a_b, ports:", "API007"),
            ("ports:", "clusterIPs: [10.1.2.3], ports:", "API011"),
            ("{port: 80}", "{port: 80, nodePort: 30080}", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: Service
metadata: {name: elsewhere, namespace: shop}
spec: {type: ExternalName, externalName: a.example.com}
",
        faults: &[
            ("a.example.com", "''", "API011"),
            ("externalName:", "ipFamilyPolicy: SingleStack, externalName:", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  tls: [{hosts: ['*.example.com'], secretName: tls}]
  rules:
  - host: a.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {resource: {apiGroup: example.com, kind: Bucket, name: a}}}]}
",
        faults: &[
            ("host: a.example.com", "host: a_b", "API011"),
            ("'*.example.com'", "''", "API011"),
            ("path: /, ", "", "API011"),
            ("ingressClassName: nginx", "ingressClassName: a_b", "API007"),
            ("kind: Bucket, name: a", "kind: Bucket, name: ''", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: range, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: [{ports: [{port: 80, endPort: 90}], from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]
",
        faults: &[
            ("endPort: 90", "endPort: 70", "API011"),
            ("port: 80, ", "", "API011"),
            ("[Ingress, Egress]", "[Ingress, Egress, Egress]", "API011"),
            ("10.1.0.0/16", "11.1.0.0/16", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  minReplicas: 1
  maxReplicas: 5
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
",
        faults: &[
            ("minReplicas: 1", "minReplicas: 0", "API011"),
            ("minReplicas: 1", "minReplicas: 6", "API011"),
            ("apiVersion: apps/v1, ", "apiVersion: v1, ", "API011"),
            ("apiVersion: apps/v1, ", "apiVersion: a/b/c, ", "API011"),
            ("type: Utilization", "type: ''", "API004"),
        ],
    },
    Case {
        text: "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 50%, selector: {matchLabels: {app: web}}, unhealthyPodEvictionPolicy: AlwaysAllow}
",
        faults: &[
            ("AlwaysAllow", "''", "API005"),
            ("minAvailable: 50%", "minAvailable: ''", "API007"),
            ("minAvailable: 50%", "minAvailable: 50%, maxUnavailable: 1", "API011"),
        ],
    },
];

#[test]
fn what_is_about_traffic_is_held_to_the_rules_of_the_server() {
    hold(CASES);
}

#[test]
fn what_an_autoscaler_measures_may_be_of_the_core_group() {
    let text = CASES[5].text.replace(
        "- {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}",
        "- {type: Object, object: {metric: {name: a}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: Value, value: 10}}}",
    );
    assert_eq!(super::codes(&text), Vec::<&str>::new());
}
